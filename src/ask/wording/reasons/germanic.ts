import type { Reasons } from '../types.ts';

export const reasonsEn: Reasons = {
  unsupported: 'no paragraph supports it',
  long: 'it is too long to be checked as one sentence',
  markup: 'it holds markup',
  citation: 'its citation does not fit the briefing',
  quotation: 'the quotation “{0}” is not in the cited paragraph',
  figure: 'the figure “{0}” is not in the cited paragraph',
  date: 'the date “{0}” is not in the cited paragraph',
  name: 'the name “{0}” is not in the cited paragraph',
  address: 'the address “{0}” is not in the cited paragraph',
  unit: '“{0}” has another unit in the cited paragraph',
  word: '“{0}” is not in the cited paragraph',
  part: 'part of it could not be confirmed in the cited paragraph',
  superseded: 'only an older edition ({0}) states it, and a newer one replaces that',
  doubted: 'a second reading found that the cited paragraphs do not state it',
};

export const reasonsDe: Reasons = {
  unsupported: 'kein Absatz stützt den Satz',
  long: 'der Satz ist zu lang, um als einer geprüft zu werden',
  markup: 'der Satz enthält Auszeichnungen',
  citation: 'der Beleg passt nicht zum Briefing',
  quotation: 'das Zitat „{0}“ steht nicht im angegebenen Absatz',
  figure: 'die Zahl „{0}“ steht nicht im angegebenen Absatz',
  date: 'das Datum „{0}“ steht nicht im angegebenen Absatz',
  name: 'der Name „{0}“ steht nicht im angegebenen Absatz',
  address: 'die Adresse „{0}“ steht nicht im angegebenen Absatz',
  unit: '„{0}“ hat im angegebenen Absatz eine andere Einheit',
  word: '„{0}“ steht nicht im angegebenen Absatz',
  part: 'ein Teil davon ließ sich im angegebenen Absatz nicht bestätigen',
  superseded: 'nur eine ältere Ausgabe ({0}) sagt es, und eine neuere hat das ersetzt',
  doubted: 'bei einer zweiten Prüfung sagten die angegebenen Absätze das nicht',
};

export const reasonsNl: Reasons = {
  unsupported: 'geen alinea ondersteunt de zin',
  long: 'de zin is te lang om als één zin te worden gecontroleerd',
  markup: 'de zin bevat opmaakcode',
  citation: 'de verwijzing past niet bij de briefing',
  quotation: 'het citaat ‘{0}’ staat niet in de genoemde alinea',
  figure: 'het getal ‘{0}’ staat niet in de genoemde alinea',
  date: 'de datum ‘{0}’ staat niet in de genoemde alinea',
  name: 'de naam ‘{0}’ staat niet in de genoemde alinea',
  address: 'het adres ‘{0}’ staat niet in de genoemde alinea',
  unit: '‘{0}’ heeft in de genoemde alinea een andere eenheid',
  word: '‘{0}’ staat niet in de genoemde alinea',
  part: 'een deel ervan kon niet worden bevestigd in de genoemde alinea',
  superseded: 'alleen een oudere editie ({0}) zegt het, en een nieuwere heeft dat vervangen',
  doubted: 'bij een tweede lezing bleek dat de genoemde alinea’s dit niet zeggen',
};
