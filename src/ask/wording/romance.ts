import { fill } from '../reasons.ts';
import * as reasons from './reasons/romance.ts';
import { capitalise, languageNames, type NamedEdition, spell, type Wording } from './types.ts';

const frenchEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `« ${title} » (sans date)`;
  const spelled = spell(date, 'fr');
  const of = date.length === 10 ? 'du ' : /^[aeiouàâéèêîôœ]/i.test(spelled) ? 'd’' : 'de ';
  return `l’édition ${of}${spelled}${stated ? '' : ' (date déduite du texte)'}`;
};

export const wordingFr: Wording = {
  language: 'fr',
  notFound: 'Les notes d’information ne répondent pas à cette question.',
  closest: 'Aucun passage n’y répond avec certitude ; voici les plus proches.',
  likely: 'L’un de ces passages y répond peut-être ; aucun ne le fait avec certitude.',
  otherLanguage: (briefings) =>
    `Langue des notes d’information : ${languageNames(briefings, 'fr')} ; langue de votre question : français. Sans modèle de langage, seuls peuvent être rapprochés les noms, les chiffres et les mots communs aux deux langues.`,
  date: (date) => spell(date, 'fr'),
  edition: frenchEdition,
  onlyEdition: (said, silent) =>
    `Seule ${frenchEdition(said)} le dit.${silent ? ` ${capitalise(frenchEdition(silent))} ne le dit pas.` : ''}`,
  accordingTo: (edition) => `D’après ${frenchEdition(edition)} : `,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `« ${from} » a été lu « ${to} »`).join(', ')}.`,
  noVectors: 'Les vecteurs ne sont pas disponibles : les passages ont été trouvés par leurs mots seulement.',
  damaged: 'L’index le plus récent est endommagé : ceci vient du précédent et peut être dépassé.',
  conflict: (value, other) => `La même édition indique aussi ${value}, alors qu’ici il est dit ${other}.`,
  became: (before, older, after, newer) => `${before} dans ${frenchEdition(older)} est devenu ${after} dans ${frenchEdition(newer)}.`,
  otherEdition: (edition, value, past) => `${capitalise(frenchEdition(edition))} ${past ? 'indiquait' : 'indique'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `De ${frenchEdition(older)} à ${frenchEdition(newer)} : paragraphes dont une valeur diffère ${changed}, reformulés ${reworded}, ajoutés ${added}, supprimés ${removed}. ${page} les montre côte à côte.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'voici des citations',
      part: 'est affiché ce qui était vérifié jusque-là',
      nothing: 'il n’a pas pris part à cette réponse',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `Le modèle n’a pas répondu à temps ; ${rest}.`;
      case 'cut_off':
        return `La réponse du modèle s’est interrompue ; ${rest}.`;
      case 'refused':
        return `Le modèle a refusé de répondre ; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `Le modèle n’est pas joignable ; ${rest}.`;
      case 'over_budget':
        return `Le nombre d’appels au modèle autorisé pour l’instant est atteint ; ${rest}.`;
      case 'resting':
        return `Le modèle vient d’échouer et n’est pas interrogé pendant une demi-minute ; ${rest}.`;
      case 'nonsense':
        return `La réponse du modèle était illisible ; ${rest}.`;
      case null:
        return 'Rien de ce que le modèle a écrit n’a pu être vérifié ; voici des citations.';
    }
  },
  unanswered: (question) => `Les notes d’information ne répondent pas à « ${question} »`,
  checkedOnly: 'Seuls les chiffres, les dates et les noms de cette réponse ont été vérifiés ; elle n’a pas été relue face à ses sources.',
  withheld: (reason) => fill(reasons.reasonsFr[reason.kind], reason),
  partlyOtherLanguage: 'Une partie de la réponse n’a pu être donnée que dans la langue des notes d’information.',
};

const spanishEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `«${title}» (sin fecha)`;
  return `la edición ${date.length === 10 ? 'del' : 'de'} ${spell(date, 'es')}${stated ? '' : ' (fecha deducida del texto)'}`;
};

export const wordingEs: Wording = {
  language: 'es',
  notFound: 'Los informes no responden a esta pregunta.',
  closest: 'Ningún pasaje responde a esto con certeza; estos son los más cercanos.',
  likely: 'Puede que uno de estos pasajes responda a esto; ninguno lo hace con certeza.',
  otherLanguage: (briefings) =>
    `El idioma de los informes es ${languageNames(briefings, 'es')} y el de su pregunta, español; sin un modelo de lenguaje solo se pueden relacionar nombres, cifras y palabras comunes a ambos idiomas.`,
  date: (date) => spell(date, 'es'),
  edition: spanishEdition,
  onlyEdition: (said, silent) =>
    `Solo ${spanishEdition(said)} lo dice.${silent ? ` ${capitalise(spanishEdition(silent))} no lo dice.` : ''}`,
  accordingTo: (edition) => `Según ${spanishEdition(edition)}: `,
  spelling: (corrections) => `Se leyó ${corrections.map(({ from, to }) => `«${from}» como «${to}»`).join(', ')}.`,
  noVectors: 'Los vectores no están disponibles: los pasajes se encontraron solo por sus palabras.',
  damaged: 'El índice más reciente está dañado: esto procede del anterior y puede no estar al día.',
  conflict: (value, other) => `La misma edición también indica ${value}, donde aquí dice ${other}.`,
  became: (before, older, after, newer) => `${before} en ${spanishEdition(older)} pasó a ser ${after} en ${spanishEdition(newer)}.`,
  otherEdition: (edition, value, past) => `${capitalise(spanishEdition(edition))} ${past ? 'indicaba' : 'indica'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `De ${spanishEdition(older)} a ${spanishEdition(newer)}: párrafos con otro valor ${changed}, reformulados ${reworded}, añadidos ${added}, eliminados ${removed}. ${page} los muestra uno al lado del otro.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'estas son citas',
      part: 'se muestra lo verificado hasta entonces',
      nothing: 'no ha intervenido en esta respuesta',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `El modelo no respondió a tiempo; ${rest}.`;
      case 'cut_off':
        return `La respuesta del modelo se interrumpió; ${rest}.`;
      case 'refused':
        return `El modelo se negó a responder; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `No se puede acceder al modelo; ${rest}.`;
      case 'over_budget':
        return `Se ha alcanzado el número de consultas al modelo permitido por ahora; ${rest}.`;
      case 'resting':
        return `El modelo acaba de fallar y no se consulta durante medio minuto; ${rest}.`;
      case 'nonsense':
        return `La respuesta del modelo no era legible; ${rest}.`;
      case null:
        return 'Nada de lo que escribió el modelo pudo verificarse; estas son citas.';
    }
  },
  unanswered: (question) => `Los informes no responden a «${question}»`,
  checkedOnly: 'En esta respuesta solo se han comprobado cifras, fechas y nombres; no se ha vuelto a leer frente a sus fuentes.',
  withheld: (reason) => fill(reasons.reasonsEs[reason.kind], reason),
  partlyOtherLanguage: 'Una parte de la respuesta solo pudo darse en el idioma de los informes.',
};

const italianEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `«${title}» (senza data)`;
  const of = date.length === 7 ? 'di ' : date.length === 10 && /-(?:08|11)$/.test(date) ? 'dell’' : 'del ';
  return `l’edizione ${of}${spell(date, 'it')}${stated ? '' : ' (data dedotta dal testo)'}`;
};

export const wordingIt: Wording = {
  language: 'it',
  notFound: 'Le note informative non rispondono a questa domanda.',
  closest: 'Nessun passaggio risponde con certezza; questi sono i più vicini.',
  likely: 'Uno di questi passaggi forse risponde; nessuno lo fa con certezza.',
  otherLanguage: (briefings) =>
    `La lingua delle note informative è ${languageNames(briefings, 'it')} e quella della Sua domanda è l’italiano; senza un modello linguistico si possono confrontare solo nomi, cifre e parole comuni alle due lingue.`,
  date: (date) => spell(date, 'it'),
  edition: italianEdition,
  onlyEdition: (said, silent) =>
    `Solo ${italianEdition(said)} lo dice.${silent ? ` ${capitalise(italianEdition(silent))} non lo dice.` : ''}`,
  accordingTo: (edition) => `Secondo ${italianEdition(edition)}: `,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `«${from}» è stato letto come «${to}»`).join(', ')}.`,
  noVectors: 'I vettori non sono disponibili: i passaggi sono stati trovati solo in base alle parole.',
  damaged: 'L’indice più recente è danneggiato: questo viene dal precedente e può non essere aggiornato.',
  conflict: (value, other) => `La stessa edizione indica anche ${value}, dove qui si legge ${other}.`,
  became: (before, older, after, newer) => `${before} (${italianEdition(older)}) è diventato ${after} (${italianEdition(newer)}).`,
  otherEdition: (edition, value, past) => `${capitalise(italianEdition(edition))} ${past ? 'indicava' : 'indica'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `Confronto tra ${italianEdition(older)} e ${italianEdition(newer)}: paragrafi con un altro valore ${changed}, riformulati ${reworded}, aggiunti ${added}, eliminati ${removed}. ${page} li mostra fianco a fianco.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'queste sono citazioni',
      part: 'è mostrato quanto verificato fino a quel punto',
      nothing: 'non ha avuto parte in questa risposta',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `Il modello non ha risposto in tempo; ${rest}.`;
      case 'cut_off':
        return `La risposta del modello si è interrotta; ${rest}.`;
      case 'refused':
        return `Il modello si è rifiutato di rispondere; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `Il modello non è raggiungibile; ${rest}.`;
      case 'over_budget':
        return `È stato raggiunto il numero di chiamate al modello consentite per ora; ${rest}.`;
      case 'resting':
        return `Il modello ha appena fallito e non viene interrogato per mezzo minuto; ${rest}.`;
      case 'nonsense':
        return `La risposta del modello non era leggibile; ${rest}.`;
      case null:
        return 'Nulla di ciò che il modello ha scritto ha potuto essere verificato; queste sono citazioni.';
    }
  },
  unanswered: (question) => `Le note informative non rispondono a «${question}»`,
  checkedOnly: 'Di questa risposta sono stati verificati solo cifre, date e nomi; non è stata riletta a confronto con le fonti.',
  withheld: (reason) => fill(reasons.reasonsIt[reason.kind], reason),
  partlyOtherLanguage: 'Una parte della risposta si è potuta dare solo nella lingua delle note informative.',
};

const portugueseEdition = ({ title, edition: { date, stated } }: NamedEdition): string => {
  if (date === null) return `«${title}» (sem data)`;
  return `a edição de ${spell(date, 'pt')}${stated ? '' : ' (data deduzida do texto)'}`;
};

export const wordingPt: Wording = {
  language: 'pt',
  notFound: 'As notas informativas não respondem a esta pergunta.',
  closest: 'Nenhuma passagem responde a isto com certeza; estas são as mais próximas.',
  likely: 'Uma destas passagens talvez responda a isto; nenhuma o faz com certeza.',
  otherLanguage: (briefings) =>
    `O idioma das notas informativas é ${languageNames(briefings, 'pt')} e o da sua pergunta, português; sem um modelo de linguagem só se podem comparar nomes, números e palavras comuns aos dois idiomas.`,
  date: (date) => spell(date, 'pt'),
  edition: portugueseEdition,
  onlyEdition: (said, silent) =>
    `Só ${portugueseEdition(said)} diz isto.${silent ? ` ${capitalise(portugueseEdition(silent))} não o diz.` : ''}`,
  accordingTo: (edition) => `Segundo ${portugueseEdition(edition)}: `,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `«${from}» foi lido como «${to}»`).join(', ')}.`,
  noVectors: 'Os vetores não estão disponíveis: as passagens foram encontradas apenas pelas palavras.',
  damaged: 'O índice mais recente está danificado: isto vem do anterior e pode estar desatualizado.',
  conflict: (value, other) => `A mesma edição também indica ${value}, onde aqui se lê ${other}.`,
  became: (before, older, after, newer) => `${before} (${portugueseEdition(older)}) passou a ${after} (${portugueseEdition(newer)}).`,
  otherEdition: (edition, value, past) => `${capitalise(portugueseEdition(edition))} ${past ? 'indicava' : 'indica'} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `Comparação entre ${portugueseEdition(older)} e ${portugueseEdition(newer)}: parágrafos com outro valor ${changed}, reformulados ${reworded}, acrescentados ${added}, eliminados ${removed}. ${page} mostra-os lado a lado.`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'estas são citações',
      part: 'mostra-se o que estava verificado até então',
      nothing: 'não participou nesta resposta',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `O modelo não respondeu a tempo; ${rest}.`;
      case 'cut_off':
        return `A resposta do modelo foi interrompida; ${rest}.`;
      case 'refused':
        return `O modelo recusou-se a responder; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `O modelo não está acessível; ${rest}.`;
      case 'over_budget':
        return `Foi atingido o número de chamadas ao modelo permitido por agora; ${rest}.`;
      case 'resting':
        return `O modelo acabou de falhar e não é consultado durante meio minuto; ${rest}.`;
      case 'nonsense':
        return `A resposta do modelo não era legível; ${rest}.`;
      case null:
        return 'Nada do que o modelo escreveu pôde ser verificado; estas são citações.';
    }
  },
  unanswered: (question) => `As notas informativas não respondem a «${question}»`,
  checkedOnly: 'Nesta resposta só foram verificados números, datas e nomes; não foi relida em confronto com as fontes.',
  withheld: (reason) => fill(reasons.reasonsPt[reason.kind], reason),
  partlyOtherLanguage: 'Uma parte da resposta só pôde ser dada no idioma das notas informativas.',
};
