/** What a server imports instead of the element: it has no elements to define, and renders the tag as any other. */
export const PilcrowChat = undefined;
