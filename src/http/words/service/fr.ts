import type { ServiceTexts } from '../../../core/text/reports.ts';

export const fr: ServiceTexts = {
  'There is nothing at this address.': 'Il n’y a rien à cette adresse.',
  'There is no such file.': 'Ce fichier n’existe pas.',
  'There is no such briefing.': 'Cette note n’existe pas.',
  'There is no such series.': 'Cette série n’existe pas.',
  'There is no briefing of this name.': 'Il n’y a pas de note de ce nom.',
  'No briefings have been indexed yet.': 'Aucune note n’a encore été indexée.',
  'Run `pilcrow ingest`.': 'Lancez `pilcrow ingest`.',
  'Something went wrong on our side.': 'Un problème est survenu de notre côté.',
  'The log has the particulars under the request id.': 'Le journal donne les détails sous l’identifiant de la requête.',
  'That did not sign you in.': 'Cela ne vous a pas connecté.',
  'Open the page you came from again; a sign-in has to be finished in the browser it was begun in, within ten minutes.':
    'Rouvrez la page d’où vous veniez ; une connexion doit être terminée dans le navigateur où elle a commencé, en moins de dix minutes.',
  'This service has no desk.': 'Ce service n’a pas de bureau.',
  'This form belongs to another site.': 'Ce formulaire appartient à un autre site.',
  'The newest index is damaged; the one before it answers, so what changed since is not in it. Run `pilcrow ingest`.':
    'L’index le plus récent est endommagé ; le précédent répond, et ce qui a changé depuis n’y est pas. Lancez `pilcrow ingest`.',
  'A newer index could not be opened ({why}); the previous one still answers.':
    'Un index plus récent n’a pas pu être ouvert ({why}) ; le précédent répond encore.',
  'The index was made with {made} and this is {this}; questions are matched by words alone. Run `pilcrow ingest`.':
    'L’index a été fait avec {made} et ceci est {this} ; les questions ne sont comparées que par les mots. Lancez `pilcrow ingest`.',
  'The embedding model could not be opened ({why}); answers are chosen less well.':
    'Le modèle de sens n’a pas pu être ouvert ({why}) ; les réponses sont moins bien choisies.',
  'The embedding model could not be opened ({why}); questions are matched by words alone.':
    'Le modèle de sens n’a pas pu être ouvert ({why}) ; les questions ne sont comparées que par les mots.',
  'Questions are matched by words alone for the moment: {why}': 'Les questions ne sont comparées que par les mots pour le moment : {why}',
  'Passages are in the own order for the moment: {why}': 'Les passages suivent notre propre ordre pour le moment : {why}',
  '{name} has used up its {count} calls of this hour.': '{name} a épuisé ses {count} appels de cette heure.',
  'The database cannot be reached just now; questions fail until it is back.':
    'La base de données est injoignable ; les questions échouent jusqu’à son retour.',
  'Changes of the folder of briefings are not taken up at the moment: the process that watches it ended.':
    'Les changements du dossier des notes ne sont pas repris pour l’instant : le processus qui le surveille s’est arrêté.',
  'What changed in the folder of briefings was not taken up: {why}': 'Ce qui a changé dans le dossier des notes n’a pas été repris : {why}',
  'Everybody who can reach {where} reads every briefing that is for everyone and asks: PILCROW_ACCESS is open.':
    'Quiconque atteint {where} lit toutes les notes destinées à tous et pose des questions : PILCROW_ACCESS est open.',
  'Briefings may be brought in over HTTP, but no key has the scope ingest: `pilcrow key create --name … --scope ingest` makes one.':
    'Des notes peuvent être apportées par HTTP, mais aucune clé n’a la portée ingest : `pilcrow key create --name … --scope ingest` en crée une.',
  'People sign in over an address without encryption, or one that is not known: set PILCROW_PUBLIC_URL to where they reach it, with https.':
    'On se connecte par une adresse sans chiffrement, ou inconnue : PILCROW_PUBLIC_URL doit dire l’adresse, en https.',
  '{name} is not a variable Pilcrow reads; the nearest is {near}.':
    '{name} n’est pas une variable que lit Pilcrow ; la plus proche est {near}.',
  'This format is not read.': 'Ce format n’est pas lu.',
  'Save it as {one} or {other}.': 'Enregistrez-le en {one} ou {other}.',
  'Save it as {one}: it is in the format of {program} before 2007.': 'Enregistrez-le en {one} : il est au format {program} d’avant 2007.',
  'Save it as {one}, without macros.': 'Enregistrez-le en {one}, sans macros.',
  'Save it as {one}.': 'Enregistrez-le en {one}.',
  'Save it without one.': 'Enregistrez-le sans mot de passe.',
  '{name} is protected by a password.': '{name} est protégé par un mot de passe.',
  '{name} is damaged, or no PDF at all.': '{name} est endommagé, ou n’est pas un PDF.',
  'Open it in a viewer and print it to PDF again.': 'Ouvrez-le dans une visionneuse et imprimez-le de nouveau en PDF.',
  '{name} holds no text, only pictures of it.': '{name} ne contient pas de texte, seulement des images.',
  'Run text recognition (OCR) over it first.': 'Passez-le d’abord à la reconnaissance de texte (OCR).',
  '{name} is no Word document, whatever its name says.': '{name} n’est pas un document Word, quoi que dise son nom.',
  '{name} is no presentation, whatever its name says.': '{name} n’est pas une présentation, quoi que dise son nom.',
  'Give it the ending of what it is.': 'Donnez-lui l’extension de ce qu’il est.',
  '{name} is not in UTF-8, and its encoding cannot be told.': '{name} n’est pas en UTF-8, et son encodage ne peut être reconnu.',
  'Save it as UTF-8.': 'Enregistrez-le en UTF-8.',
  '{name} is not a text file: {why}.': '{name} n’est pas un fichier de texte : {why}.',
  'Give it the ending of what it is, or export its text as .txt or .md.':
    'Donnez-lui l’extension de ce qu’il est, ou exportez son texte en .txt ou .md.',
  '{name} is larger than {limit}.': '{name} dépasse {limit}.',
  'Split the document, or leave out what is not text.': 'Divisez le document, ou ôtez ce qui n’est pas du texte.',
  '{name} takes more than {count} seconds to read.': '{name} demande plus de {count} secondes de lecture.',
  '{name} needs more than {count} MB to read, or breaks the reader.':
    '{name} demande plus de {count} Mo de lecture, ou fait échouer le lecteur.',
  It: 'Le fichier',
  'Split it, or save it again in another format.': 'Divisez-le, ou enregistrez-le dans un autre format.',
  'It cannot be read: {why}.': 'Il ne peut pas être lu : {why}.',
  'Open it in its program and save it again.': 'Ouvrez-le dans son programme et enregistrez-le de nouveau.',
  'It is the same as {name} and was left out.': 'Il est identique à {name} et a été laissé de côté.',
  'Remove one of the two.': 'Supprimez l’un des deux.',
  'The same text is there already, as {name}.': 'Le même texte est déjà là, sous {name}.',
  'Remove that one first if it is to have another name.': 'Supprimez d’abord celui-là s’il doit porter un autre nom.',
  'No text was found on {pages}.': 'Sans texte : {pages}.',
  'If they are scanned, run text recognition (OCR) over them.': 'Si elles sont numérisées, passez-les à la reconnaissance de texte (OCR).',
  'Running heads and feet of its pages are left out: {list}.': 'Les en-têtes et pieds de page répétés sont omis : {list}.',
  'If one of them is a statement, put it into a paragraph.': 'Si l’un d’eux est un énoncé, mettez-le dans un paragraphe.',
  'The edition "{date}" in the front matter is not a date and is ignored.':
    'L’édition « {date} » en tête du fichier n’est pas une date et est ignorée.',
  'Write YYYY, YYYY-MM or YYYY-MM-DD.': 'Écrivez YYYY, YYYY-MM ou YYYY-MM-DD.',
  'The folder is being read already.': 'Le dossier est déjà en cours de lecture.',
  'The file is larger than {limit} MB.': 'Le fichier dépasse {limit} Mo.',
  'The body is empty.': 'Le fichier est vide.',
  'Send the bytes of the file as the body.': 'Choisissez un fichier qui contient quelque chose.',
};
