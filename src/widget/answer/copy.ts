/** Puts text on the clipboard; resolves to whether it is there. On http pages, where browsers have no clipboard API, by selecting it. */
export async function copyText(text: string, root: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const active = root instanceof ShadowRoot ? (root.activeElement as HTMLElement | null) : null;
    const field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    // Inside the dialog: what is outside a modal one cannot be selected.
    ((root as ShadowRoot).querySelector('.panel') ?? root).appendChild(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    active?.focus();
    return done;
  }
}
