/** The words of a file's name, a title nobody wrote: "reports/lake-2022_final.md" is read as "lake 2022 final". */
export function fileWords(source: string): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return (dot < 0 ? name : name.slice(0, dot)).replace(/[-_.]/g, ' ');
}
