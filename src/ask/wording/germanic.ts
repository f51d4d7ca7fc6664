import { spellDate } from '../../core/time/dates.ts';
import { fill } from '../reasons.ts';
import * as reasons from './reasons/germanic.ts';
import { capitalise, languageNames, type NamedEdition, spell, type Wording } from './types.ts';

const englishEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `“${title}” (undated)` : `the ${spellDate(date)} edition${stated ? '' : ' (date inferred from its text)'}`;
/** Without the remark on an inferred date. */
const englishShort = ({ title, edition }: NamedEdition): string =>
  edition.date === null ? `undated edition “${title}”` : `${spellDate(edition.date)} edition`;
export const wordingEn: Wording = {
  language: 'en',
  notFound: 'The briefings do not answer this.',
  closest: 'No passage answers this for certain; these come closest.',
  likely: 'One of these passages may answer this; none does for certain.',
  otherLanguage: (briefings) =>
    `The briefings are in ${languageNames(briefings, 'en')} and your question is in another language; without a language model only names, figures and words both share can be matched.`,
  date: spellDate,
  edition: englishEdition,
  onlyEdition: (said, silent) =>
    `Only ${englishEdition(said)} says this.${silent ? ` ${capitalise(englishEdition(silent))} does not.` : ''}`,
  accordingTo: (edition) => `According to ${englishEdition(edition)}: `,
  spelling: (corrections) => `Read ${corrections.map(({ from, to }) => `“${from}” as “${to}”`).join(', ')}.`,
  noVectors: 'Vectors are not available: passages were found by their words alone.',
  damaged: 'The newest index is damaged: this comes from the one before it and may be out of date.',
  conflict: (value, other) => `The same edition also says ${value}, where this says ${other}.`,
  became: (before, older, after, newer) => `${before} in the ${englishShort(older)} became ${after} in the ${englishShort(newer)}.`,
  otherEdition: (edition, value, past) => `The ${englishShort(edition)} ${past ? 'said' : 'says'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `From ${englishEdition(older)} to ${englishEdition(newer)}: paragraphs with another value ${changed}, reworded ${reworded}, added ${added}, removed ${removed}. ${page} shows them side by side.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'these are quotations',
      part: 'what was verified by then is shown',
      nothing: 'it had no part in this reply',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `The model did not answer in time; ${rest}.`;
      case 'cut_off':
        return `The model's answer broke off; ${rest}.`;
      case 'refused':
        return `The model declined to answer; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `The model cannot be reached; ${rest}.`;
      case 'over_budget':
        return `The model was called as often as is allowed for now; ${rest}.`;
      case 'resting':
        return `The model failed a moment ago and is not asked again for half a minute; ${rest}.`;
      case 'nonsense':
        return `The model's reply could not be read; ${rest}.`;
      case null:
        return 'Nothing the model wrote could be verified; these are quotations.';
    }
  },
  unanswered: (question) => `The briefings do not answer “${question}”`,
  checkedOnly: 'This answer was checked for figures, dates and names only; nobody has read it a second time against its sources.',
  withheld: (reason) => fill(reasons.reasonsEn[reason.kind], reason),
  partlyOtherLanguage: 'A part of the answer could only be given in the language of the briefings.',
};

const germanEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `„${title}“ (undatiert)`;
  return `die Ausgabe ${date.includes('-') ? 'vom' : 'von'} ${spell(date, 'de')}${stated ? '' : ' (Datum aus dem Text erschlossen)'}`;
};

export const wordingDe: Wording = {
  language: 'de',
  notFound: 'Die Briefings beantworten das nicht.',
  closest: 'Kein Absatz beantwortet das mit Sicherheit; diese kommen dem am nächsten.',
  likely: 'Einer dieser Absätze beantwortet das vielleicht, sicher ist es bei keinem.',
  otherLanguage: (briefings) =>
    `Die Sprache der Briefings ist ${languageNames(briefings, 'de')}, die Ihrer Frage Deutsch; ohne Sprachmodell lassen sich nur Namen, Zahlen und Wörter abgleichen, die beide gemeinsam haben.`,
  date: (date) => spell(date, 'de'),
  edition: germanEdition,
  onlyEdition: (said, silent) =>
    `Das sagt nur ${germanEdition(said)}.${silent ? ` ${capitalise(germanEdition(silent))} sagt es nicht.` : ''}`,
  accordingTo: (edition) => `Quelle ist ${germanEdition(edition)}: `,
  spelling: (corrections) => `Gelesen wurde ${corrections.map(({ from, to }) => `„${from}“ als „${to}“`).join(', ')}.`,
  noVectors: 'Vektoren sind nicht verfügbar: Die Passagen wurden allein über ihre Wörter gefunden.',
  damaged: 'Der neueste Index ist beschädigt: Dies stammt aus dem vorigen und kann veraltet sein.',
  conflict: (value, other) => `Dieselbe Ausgabe nennt auch „${value}“, wo hier „${other}“ steht.`,
  became: (before, older, after, newer) => `Aus „${before}“ (${germanEdition(older)}) wurde „${after}“ (${germanEdition(newer)}).`,
  otherEdition: (edition, value, past) => `${capitalise(germanEdition(edition))} ${past ? 'nannte' : 'nennt'} „${value}“.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `Älter: ${germanEdition(older)}; neuer: ${germanEdition(newer)}. Absätze mit anderem Wert ${changed}, umformuliert ${reworded}, neu ${added}, entfallen ${removed}. ${page} zeigt sie nebeneinander.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'dies sind Zitate',
      part: 'gezeigt wird, was bis dahin geprüft war',
      nothing: 'an dieser Antwort war es nicht beteiligt',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `Das Modell hat nicht rechtzeitig geantwortet; ${rest}.`;
      case 'cut_off':
        return `Die Antwort des Modells brach ab; ${rest}.`;
      case 'refused':
        return `Das Modell wollte nicht antworten; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `Das Modell ist nicht erreichbar; ${rest}.`;
      case 'over_budget':
        return `Das Modell wurde so oft befragt, wie es vorerst erlaubt ist; ${rest}.`;
      case 'resting':
        return `Das Modell ist eben ausgefallen und wird eine halbe Minute lang nicht befragt; ${rest}.`;
      case 'nonsense':
        return `Die Antwort des Modells war nicht lesbar; ${rest}.`;
      case null:
        return 'Nichts von dem, was das Modell schrieb, ließ sich prüfen; dies sind Zitate.';
    }
  },
  unanswered: (question) => `Die Briefings beantworten „${question}“ nicht.`,
  checkedOnly: 'Diese Antwort wurde nur auf Zahlen, Daten und Namen geprüft; ein zweites Mal gegen ihre Quellen gelesen wurde sie nicht.',
  withheld: (reason) => fill(reasons.reasonsDe[reason.kind], reason),
  partlyOtherLanguage: 'Ein Teil der Antwort konnte nur in der Sprache der Briefings gegeben werden.',
};

const dutchEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `‘${title}’ (ongedateerd)`;
  return `de editie van ${spell(date, 'nl')}${stated ? '' : ' (datum afgeleid uit de tekst)'}`;
};

export const wordingNl: Wording = {
  language: 'nl',
  notFound: 'De briefings geven hier geen antwoord op.',
  closest: 'Geen passage beantwoordt dit met zekerheid; deze komen het dichtst in de buurt.',
  likely: 'Een van deze passages beantwoordt dit misschien, geen met zekerheid.',
  otherLanguage: (briefings) =>
    `De taal van de briefings is ${languageNames(briefings, 'nl')} en die van uw vraag Nederlands; zonder taalmodel kunnen alleen namen, getallen en woorden worden vergeleken die beide talen delen.`,
  date: (date) => spell(date, 'nl'),
  edition: dutchEdition,
  onlyEdition: (said, silent) => `Alleen ${dutchEdition(said)} zegt dit.${silent ? ` ${capitalise(dutchEdition(silent))} niet.` : ''}`,
  accordingTo: (edition) => `Volgens ${dutchEdition(edition)}: `,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `‘${from}’ is gelezen als ‘${to}’`).join(', ')}.`,
  noVectors: 'Vectoren zijn niet beschikbaar: de passages zijn alleen op hun woorden gevonden.',
  damaged: 'De nieuwste index is beschadigd: dit komt uit de vorige en kan verouderd zijn.',
  conflict: (value, other) => `Dezelfde editie noemt ook ${value}, waar hier ${other} staat.`,
  became: (before, older, after, newer) => `${before} in ${dutchEdition(older)} werd ${after} in ${dutchEdition(newer)}.`,
  otherEdition: (edition, value, past) => `${capitalise(dutchEdition(edition))} ${past ? 'noemde' : 'noemt'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `Van ${dutchEdition(older)} naar ${dutchEdition(newer)}: alinea's met een andere waarde ${changed}, anders verwoord ${reworded}, toegevoegd ${added}, verwijderd ${removed}. ${page} toont ze naast elkaar.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'dit zijn citaten',
      part: 'getoond wordt wat tot dan toe was gecontroleerd',
      nothing: 'het had geen deel aan dit antwoord',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `Het model antwoordde niet op tijd; ${rest}.`;
      case 'cut_off':
        return `Het antwoord van het model brak af; ${rest}.`;
      case 'refused':
        return `Het model wilde niet antwoorden; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `Het model is niet bereikbaar; ${rest}.`;
      case 'over_budget':
        return `Het model is zo vaak aangeroepen als voorlopig is toegestaan; ${rest}.`;
      case 'resting':
        return `Het model viel zojuist uit en wordt een halve minuut niet bevraagd; ${rest}.`;
      case 'nonsense':
        return `Het antwoord van het model was niet leesbaar; ${rest}.`;
      case null:
        return 'Niets van wat het model schreef kon worden gecontroleerd; dit zijn citaten.';
    }
  },
  unanswered: (question) => `De briefings geven geen antwoord op ‘${question}’`,
  checkedOnly: 'Dit antwoord is alleen op cijfers, data en namen gecontroleerd; het is niet nog eens naast de bronnen gelegd.',
  withheld: (reason) => fill(reasons.reasonsNl[reason.kind], reason),
  partlyOtherLanguage: 'Een deel van het antwoord kon alleen in de taal van de briefings worden gegeven.',
};
