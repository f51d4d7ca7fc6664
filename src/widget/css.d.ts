/** Style sheets come as text; the build makes them smaller. */
declare module '*.css' {
  const sheet: string;
  export default sheet;
}
