/** Words by which sentences of a reply are told apart before they are checked. */

/** Sentences that say that the paragraphs do not say something. */
export const SAYS_NOTHING: Readonly<Record<string, RegExp>> = {
  en: /\b(?:paragraphs?|passages?|briefings?|documents?|sources?|texts?|excerpts?|materials?|context)\b.{0,80}(?:\bnot\b|n['’]t\b|\bno (?:information|mention|details?|indication)\b|\bnothing\b).{0,60}|\b(?:no (?:information|mention|details?)|nothing)\b.{0,60}\b(?:paragraphs?|passages?|briefings?|documents?|sources?|texts?|excerpts?|context)\b/iu,
  de: /\b(?:Absätze|Abschnitte|Textstellen|Dokumente?|Quellen?|Unterlagen|Texte?)\b.{0,80}\b(?:nicht|keine?n?|nichts)\b/iu,
  fr: /\b(?:paragraphes|passages|documents?|sources?|textes?|extraits)\b.{0,60}\b(?:ne|n['’]|aucune?|rien)/iu,
  es: /\b(?:párrafos|pasajes|documentos?|fuentes?|textos?)\b.{0,60}\b(?:no|ningun[ao]?|nada)\b/iu,
};

/** Words that open a sentence and stand for what the one before it names. */
export const LEANING: Readonly<Record<string, RegExp>> = {
  en: /^(?:it|its|they|them|their|theirs|he|his|him|she|her|hers|this|these|those|that|both|such|there(?:fore|by|after)|the (?:former|latter|same)|here|then)(?![\p{L}-])/iu,
  de: /^(?:er|sie|es|ihre?[nrsm]?|seine?[nrsm]?|diese[rsnm]?|dies|dabei|dafür|damit|dazu|davon|beide[rsn]?|letztere[rsn]?)(?!\p{L})/iu,
  fr: /^(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|celles-ci|cela|ce(?:ci|t|tte|s)?|c['’]|son|sa|ses|leurs?|y|en)(?!\p{L})/iu,
  es: /^(?:él|ellos|ellas?|est[eao]s?|es[eao]s?|sus?|ambos|ambas|ello|dicho|dicha)(?!\p{L})/iu,
  it: /^(?:egli|ella|essi|esse|esso|essa|quest[oaei]|ciò|il suo|la sua|entrambi)(?!\p{L})/iu,
  pt: /^(?:eles?|elas?|est[ea]s?|ess[ea]s?|isso|isto|seus?|suas?|ambos|ambas)(?!\p{L})/iu,
  nl: /^(?:hij|zij|ze|het|dit|dat|deze|die|hun|zijn|haar|beide)(?!\p{L})/iu,
};
