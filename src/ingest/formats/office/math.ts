import { child, childrenOf, textOfNode, type XmlNode } from './xml.ts';

const simple = (text: string) => /^[\p{L}\p{N}.]*$/u.test(text);
const grouped = (text: string) => (simple(text) ? text : `(${text})`);

/** A formula of Office in one line: "a/b", "x^2", "√(x)". */
export function mathText(node: XmlNode): string {
  const part = (name: string) => {
    const found = child(node, name);
    return found ? inside(found) : '';
  };
  switch (node.name) {
    case 't':
      return textOfNode(node);
    case 'f':
      return `${grouped(part('num'))}/${grouped(part('den'))}`;
    case 'sSup':
      return `${part('e')}^${grouped(part('sup'))}`;
    case 'sSub':
      return `${part('e')}_${grouped(part('sub'))}`;
    case 'sSubSup':
      return `${part('e')}_${grouped(part('sub'))}^${grouped(part('sup'))}`;
    case 'rad':
      return `√${grouped(part('e'))}`;
    case 'd':
      return `(${childrenOf(node, 'e').map(inside).join(', ')})`;
    case 'nary':
      return `Σ_${grouped(part('sub'))}^${grouped(part('sup'))} ${part('e')}`;
    case 'rPr':
    case 'ctrlPr':
      return '';
    default:
      return /Pr$/.test(node.name) ? '' : inside(node);
  }
}

const inside = (node: XmlNode): string => node.children.map(mathText).join(node.name === 'oMathPara' ? ' ' : '');
