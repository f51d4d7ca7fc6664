import type { ServiceTexts } from '../../../core/text/reports.ts';

export const de: ServiceTexts = {
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'There is no such file.': 'Diese Datei gibt es nicht.',
  'There is no such briefing.': 'Dieses Briefing gibt es nicht.',
  'There is no such series.': 'Diese Reihe gibt es nicht.',
  'There is no briefing of this name.': 'Es gibt kein Briefing dieses Namens.',
  'No briefings have been indexed yet.': 'Es wurden noch keine Briefings eingelesen.',
  'Run `pilcrow ingest`.': '`pilcrow ingest` liest sie ein.',
  'Something went wrong on our side.': 'Auf unserer Seite ist etwas schiefgegangen.',
  'The log has the particulars under the request id.': 'Im Protokoll steht unter der Nummer der Anfrage mehr.',
  'That did not sign you in.': 'Damit sind Sie nicht angemeldet.',
  'Open the page you came from again; a sign-in has to be finished in the browser it was begun in, within ten minutes.':
    'Öffnen Sie die Seite, von der Sie kamen, noch einmal; eine Anmeldung muss binnen zehn Minuten in dem Browser beendet werden, in dem sie begonnen wurde.',
  'This service has no desk.': 'Dieser Dienst hat keinen Schreibtisch.',
  'This form belongs to another site.': 'Dieses Formular gehört zu einer anderen Seite.',
  'The newest index is damaged; the one before it answers, so what changed since is not in it. Run `pilcrow ingest`.':
    'Der neueste Index ist beschädigt; der davor antwortet, und was sich seither geändert hat, steht nicht darin. `pilcrow ingest` hilft.',
  'A newer index could not be opened ({why}); the previous one still answers.':
    'Ein neuerer Index ließ sich nicht öffnen ({why}); der vorige antwortet weiter.',
  'The index was made with {made} and this is {this}; questions are matched by words alone. Run `pilcrow ingest`.':
    'Der Index wurde mit {made} gemacht, hier läuft {this}; Fragen werden nur über Wörter verglichen. `pilcrow ingest` hilft.',
  'The embedding model could not be opened ({why}); answers are chosen less well.':
    'Das Modell für Bedeutungen ließ sich nicht öffnen ({why}); Antworten werden schlechter ausgewählt.',
  'The embedding model could not be opened ({why}); questions are matched by words alone.':
    'Das Modell für Bedeutungen ließ sich nicht öffnen ({why}); Fragen werden nur über Wörter verglichen.',
  'Questions are matched by words alone for the moment: {why}': 'Fragen werden im Augenblick nur über Wörter verglichen: {why}',
  'Passages are in the own order for the moment: {why}': 'Die Stellen stehen im Augenblick in der eigenen Reihenfolge: {why}',
  '{name} has used up its {count} calls of this hour.': '{name} hat seine {count} Aufrufe dieser Stunde verbraucht.',
  'The database cannot be reached just now; questions fail until it is back.':
    'Die Datenbank ist gerade nicht erreichbar; Fragen scheitern, bis sie wieder da ist.',
  'Changes of the folder of briefings are not taken up at the moment: the process that watches it ended.':
    'Änderungen im Ordner der Briefings werden zurzeit nicht übernommen: Der Prozess, der ihn beobachtet, ist beendet.',
  'What changed in the folder of briefings was not taken up: {why}':
    'Was sich im Ordner der Briefings geändert hat, wurde nicht übernommen: {why}',
  'Everybody who can reach {where} reads every briefing that is for everyone and asks: PILCROW_ACCESS is open.':
    'Wer {where} erreicht, liest jedes Briefing, das für alle ist, und fragt: PILCROW_ACCESS ist open.',
  'Briefings may be brought in over HTTP, but no key has the scope ingest: `pilcrow key create --name … --scope ingest` makes one.':
    'Briefings dürfen über HTTP gebracht werden, aber kein Schlüssel hat den Umfang ingest: `pilcrow key create --name … --scope ingest` macht einen.',
  'People sign in over an address without encryption, or one that is not known: set PILCROW_PUBLIC_URL to where they reach it, with https.':
    'Man meldet sich über eine unverschlüsselte oder unbekannte Adresse an: PILCROW_PUBLIC_URL muss die Adresse nennen, mit https.',
  '{name} is not a variable Pilcrow reads; the nearest is {near}.': '{name} ist keine Variable, die Pilcrow liest; die nächste ist {near}.',
  'This format is not read.': 'Dieses Format wird nicht gelesen.',
  'Save it as {one} or {other}.': 'Speichern Sie sie als {one} oder {other}.',
  'Save it as {one}: it is in the format of {program} before 2007.':
    'Speichern Sie sie als {one}: Sie ist im Format von {program} vor 2007.',
  'Save it as {one}, without macros.': 'Speichern Sie sie als {one}, ohne Makros.',
  'Save it as {one}.': 'Speichern Sie sie als {one}.',
  'Save it without one.': 'Speichern Sie sie ohne.',
  '{name} is protected by a password.': '{name} ist mit einem Kennwort geschützt.',
  '{name} is damaged, or no PDF at all.': '{name} ist beschädigt oder gar kein PDF.',
  'Open it in a viewer and print it to PDF again.': 'Öffnen Sie sie in einem Betrachter und drucken Sie sie noch einmal als PDF.',
  '{name} holds no text, only pictures of it.': '{name} enthält keinen Text, nur Bilder davon.',
  'Run text recognition (OCR) over it first.': 'Lassen Sie zuerst eine Texterkennung (OCR) darüber laufen.',
  '{name} is no Word document, whatever its name says.': '{name} ist kein Word-Dokument, auch wenn der Name es sagt.',
  '{name} is no presentation, whatever its name says.': '{name} ist keine Präsentation, auch wenn der Name es sagt.',
  'Give it the ending of what it is.': 'Geben Sie ihr die Endung dessen, was sie ist.',
  '{name} is not in UTF-8, and its encoding cannot be told.': '{name} ist nicht in UTF-8, und ihre Kodierung ist nicht zu erkennen.',
  'Save it as UTF-8.': 'Speichern Sie sie als UTF-8.',
  '{name} is not a text file: {why}.': '{name} ist keine Textdatei: {why}.',
  'Give it the ending of what it is, or export its text as .txt or .md.':
    'Geben Sie ihr die Endung dessen, was sie ist, oder speichern Sie ihren Text als .txt oder .md.',
  '{name} is larger than {limit}.': '{name} ist größer als {limit}.',
  'Split the document, or leave out what is not text.': 'Teilen Sie das Dokument, oder lassen Sie weg, was kein Text ist.',
  '{name} takes more than {count} seconds to read.': '{name} braucht mehr als {count} Sekunden zum Lesen.',
  '{name} needs more than {count} MB to read, or breaks the reader.':
    '{name} braucht mehr als {count} MB zum Lesen, oder bringt den Leser zum Absturz.',
  It: 'Die Datei',
  'Split it, or save it again in another format.': 'Teilen Sie sie, oder speichern Sie sie in einem anderen Format.',
  'It cannot be read: {why}.': 'Sie lässt sich nicht lesen: {why}.',
  'Open it in its program and save it again.': 'Öffnen Sie sie in ihrem Programm und speichern Sie sie noch einmal.',
  'It is the same as {name} and was left out.': 'Sie ist dieselbe wie {name} und wurde weggelassen.',
  'Remove one of the two.': 'Entfernen Sie eine der beiden.',
  'The same text is there already, as {name}.': 'Derselbe Text ist schon da, als {name}.',
  'Remove that one first if it is to have another name.': 'Entfernen Sie zuerst jene, wenn sie anders heißen soll.',
  'No text was found on {pages}.': 'Ohne Text: {pages}.',
  'If they are scanned, run text recognition (OCR) over them.':
    'Wenn sie gescannt sind, lassen Sie eine Texterkennung (OCR) darüber laufen.',
  'Running heads and feet of its pages are left out: {list}.': 'Wiederkehrende Kopf- und Fußzeilen sind weggelassen: {list}.',
  'If one of them is a statement, put it into a paragraph.': 'Wenn eine davon etwas aussagt, setzen Sie sie in einen Absatz.',
  'The edition "{date}" in the front matter is not a date and is ignored.':
    'Die Ausgabe „{date}“ am Anfang der Datei ist kein Datum und wird übergangen.',
  'Write YYYY, YYYY-MM or YYYY-MM-DD.': 'Schreiben Sie YYYY, YYYY-MM oder YYYY-MM-DD.',
  'The folder is being read already.': 'Der Ordner wird schon gelesen.',
  'The file is larger than {limit} MB.': 'Die Datei ist größer als {limit} MB.',
  'The body is empty.': 'Die Datei ist leer.',
  'Send the bytes of the file as the body.': 'Wählen Sie eine Datei, in der etwas steht.',
};
