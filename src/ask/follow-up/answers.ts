import { countries } from '../../core/text/places.ts';
import { isSmallTalk } from '../question.ts';
import { bare, namesOf } from './swap.ts';

/** "Yes, please": takes up an offer, says nothing else. */
const ACCEPTS =
  /^(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please|do(?: (?:it|so|that))?|go (?:ahead|on)|of course|absolutely|definitely|certainly|why not|i(?:['’]d| would) (?:like|love) (?:that|to)|sounds good|oui|si|sí|ja|bitte|gerne?|volontiers|por favor|claro|s['’]il (?:vous|te) plaît|d['’]accord|是的?|好的?|可以|请)(?:[\s,!.。，！]+(?:yes|yeah|sure|please|do|go ahead|of course|that would be (?:nice|great|good)|thanks?|thank you|tell me|bitte|gerne?|por favor|merci|gracias|danke|谢谢|请))*[\s,!.。！]*$/iu;
const DECLINES =
  /^(?:no|nope|nah|not (?:now|really|yet)|non|nein|nada|merci(?: beaucoup)?|(?:muchas )?gracias|danke(?: schön)?|谢谢|不用?|没有)(?:[\s,!.，。]+(?:thanks?|thank you|that(?:['’]s| is) (?:all|fine|ok|it)|i(?:['’]m| am) (?:good|fine|done)|merci|gracias|danke|谢谢|了))*[\s,!.。！]*$/iu;
const OFFER =
  /\b(?:would you like (?:me )?to (?:know|see|hear|read|learn|find out|tell you|show you|explain|look up)|(?:do|would) you (?:also )?(?:want|care|wish) (?:me )?to (?:know|see|hear|read|learn|find out|tell you|show you|explain|look up)|(?:shall|should|can|may) i (?:also )?(?:tell you|show you|explain|look up|say)|are you (?:also )?interested in|would you like (?:more|further)?\s*(?:details|information)?(?= about| on))\s+(?:more\s+)?([^?\n]{2,300})\?[^?]{0,40}$/i;

/** Whether a text only says yes. */
export const accepts = (text: string): boolean => ACCEPTS.test(text);

/** Whether a text asks the briefings nothing: thanks, greetings, "no". */
export const saysNothing = (text: string): boolean => DECLINES.test(text) || isSmallTalk(text) || accepts(text);

/** What the last question of an answer offers to tell, as a question; null when it offers nothing. */
export function offerOf(answer: string): string | null {
  const offered = OFFER.exec(answer.replace(/\s*\[\d+\]/g, '').slice(-600))?.[1];
  if (!offered) return null;
  const about = bare(offered).replace(/^(?:details?|information)\s+/i, '');
  const subject = about.replace(/^(?:about|on|of|if|whether)\s+/i, '').trim();
  if (subject === '' || saysNothing(subject)) return null;
  const opened = /^(?:who|what|when|where|why|how|which)\b/i.test(subject) ? subject : `Tell me about ${subject}`;
  return `${(opened[0] as string).toUpperCase()}${opened.slice(1)}${opened === subject ? '?' : ''}`;
}

/** Things an answer lists, in order: what stands between its citation marks, or its lines with bullets. */
export function itemsOf(answer: string): string[] {
  const pieces = answer.includes('[1]') ? answer.split(/(?:\s*\[\d+\])+/) : answer.split(/\s+(?:[-•*]|\d{1,2}[.)])\s+/);
  return pieces.map((piece) => piece.replace(/^[\s.,;•*-]+/, '').trim()).filter((piece) => piece !== '' && !piece.endsWith(':'));
}

/** Names and countries of a text in order, joined ones apart: "Cambodia and Pakistan" are two. */
export function mentionsOf(text: string): string[] {
  const parts = text.split(/\s+(?:and|or|vs\.?|versus|than|et|ou|y|o|und|oder)\s+|[,;]\s+/);
  const found = parts.flatMap((part) => {
    const country = countries(part).at(-1);
    return country ? [spelled(part, country.words)] : namesOf(` ${part}`).slice(-1);
  });
  return [...new Set(found)];
}

/** Folded words of a country as the text spells them. */
function spelled(text: string, words: readonly string[]): string {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`, 'iu');
  return pattern.exec(text)?.[0] ?? words.join(' ');
}
