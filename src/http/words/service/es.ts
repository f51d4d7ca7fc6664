import type { ServiceTexts } from '../../../core/text/reports.ts';

export const es: ServiceTexts = {
  'There is nothing at this address.': 'No hay nada en esta dirección.',
  'There is no such file.': 'No existe ese archivo.',
  'There is no such briefing.': 'No existe ese informe.',
  'There is no such series.': 'No existe esa serie.',
  'There is no briefing of this name.': 'No hay ningún informe con ese nombre.',
  'No briefings have been indexed yet.': 'Aún no se ha indexado ningún informe.',
  'Run `pilcrow ingest`.': 'Ejecute `pilcrow ingest`.',
  'Something went wrong on our side.': 'Algo ha fallado por nuestra parte.',
  'The log has the particulars under the request id.': 'El registro tiene los detalles con el identificador de la petición.',
  'That did not sign you in.': 'Eso no ha iniciado su sesión.',
  'Open the page you came from again; a sign-in has to be finished in the browser it was begun in, within ten minutes.':
    'Vuelva a abrir la página de la que venía; el inicio de sesión debe terminarse en el mismo navegador en que se empezó, en diez minutos.',
  'This service has no desk.': 'Este servicio no tiene mesa de trabajo.',
  'This form belongs to another site.': 'Este formulario pertenece a otro sitio.',
  'The newest index is damaged; the one before it answers, so what changed since is not in it. Run `pilcrow ingest`.':
    'El índice más reciente está dañado; responde el anterior, así que falta lo que cambió desde entonces. Ejecute `pilcrow ingest`.',
  'A newer index could not be opened ({why}); the previous one still answers.':
    'No se pudo abrir un índice más reciente ({why}); el anterior sigue respondiendo.',
  'The index was made with {made} and this is {this}; questions are matched by words alone. Run `pilcrow ingest`.':
    'El índice se hizo con {made} y esto es {this}; las preguntas solo se comparan por palabras. Ejecute `pilcrow ingest`.',
  'The embedding model could not be opened ({why}); answers are chosen less well.':
    'No se pudo abrir el modelo de significados ({why}); las respuestas se eligen peor.',
  'The embedding model could not be opened ({why}); questions are matched by words alone.':
    'No se pudo abrir el modelo de significados ({why}); las preguntas solo se comparan por palabras.',
  'Questions are matched by words alone for the moment: {why}': 'De momento las preguntas solo se comparan por palabras: {why}',
  'Passages are in the own order for the moment: {why}': 'De momento los pasajes siguen el orden propio: {why}',
  '{name} has used up its {count} calls of this hour.': '{name} ha agotado sus {count} llamadas de esta hora.',
  'The database cannot be reached just now; questions fail until it is back.':
    'No se puede acceder a la base de datos; las preguntas fallan hasta que vuelva.',
  'Changes of the folder of briefings are not taken up at the moment: the process that watches it ended.':
    'De momento no se recogen los cambios de la carpeta de informes: terminó el proceso que la vigila.',
  'What changed in the folder of briefings was not taken up: {why}': 'No se recogió lo que cambió en la carpeta de informes: {why}',
  'Everybody who can reach {where} reads every briefing that is for everyone and asks: PILCROW_ACCESS is open.':
    'Quien llega a {where} lee todos los informes que son para todos y pregunta: PILCROW_ACCESS es open.',
  'Briefings may be brought in over HTTP, but no key has the scope ingest: `pilcrow key create --name … --scope ingest` makes one.':
    'Se pueden traer informes por HTTP, pero ninguna clave tiene el alcance ingest: `pilcrow key create --name … --scope ingest` crea una.',
  'People sign in over an address without encryption, or one that is not known: set PILCROW_PUBLIC_URL to where they reach it, with https.':
    'Se inicia sesión por una dirección sin cifrado o desconocida: ponga en PILCROW_PUBLIC_URL la dirección, con https.',
  '{name} is not a variable Pilcrow reads; the nearest is {near}.': '{name} no es una variable que lea Pilcrow; la más parecida es {near}.',
  'This format is not read.': 'Este formato no se lee.',
  'Save it as {one} or {other}.': 'Guárdelo como {one} o {other}.',
  'Save it as {one}: it is in the format of {program} before 2007.':
    'Guárdelo como {one}: está en el formato de {program} anterior a 2007.',
  'Save it as {one}, without macros.': 'Guárdelo como {one}, sin macros.',
  'Save it as {one}.': 'Guárdelo como {one}.',
  'Save it without one.': 'Guárdelo sin contraseña.',
  '{name} is protected by a password.': '{name} está protegido con una contraseña.',
  '{name} is damaged, or no PDF at all.': '{name} está dañado o no es un PDF.',
  'Open it in a viewer and print it to PDF again.': 'Ábralo en un visor e imprímalo de nuevo como PDF.',
  '{name} holds no text, only pictures of it.': '{name} no contiene texto, solo imágenes.',
  'Run text recognition (OCR) over it first.': 'Pásele antes el reconocimiento de texto (OCR).',
  '{name} is no Word document, whatever its name says.': '{name} no es un documento de Word, diga lo que diga su nombre.',
  '{name} is no presentation, whatever its name says.': '{name} no es una presentación, diga lo que diga su nombre.',
  'Give it the ending of what it is.': 'Póngale la extensión de lo que es.',
  '{name} is not in UTF-8, and its encoding cannot be told.': '{name} no está en UTF-8 y no se reconoce su codificación.',
  'Save it as UTF-8.': 'Guárdelo como UTF-8.',
  '{name} is not a text file: {why}.': '{name} no es un archivo de texto: {why}.',
  'Give it the ending of what it is, or export its text as .txt or .md.':
    'Póngale la extensión de lo que es o exporte su texto como .txt o .md.',
  '{name} is larger than {limit}.': '{name} supera {limit}.',
  'Split the document, or leave out what is not text.': 'Divida el documento o quite lo que no es texto.',
  '{name} takes more than {count} seconds to read.': '{name} tarda más de {count} segundos en leerse.',
  '{name} needs more than {count} MB to read, or breaks the reader.':
    '{name} necesita más de {count} MB para leerse o hace fallar al lector.',
  It: 'El archivo',
  'Split it, or save it again in another format.': 'Divídalo o guárdelo en otro formato.',
  'It cannot be read: {why}.': 'No se puede leer: {why}.',
  'Open it in its program and save it again.': 'Ábralo en su programa y guárdelo de nuevo.',
  'It is the same as {name} and was left out.': 'Es igual que {name} y se dejó fuera.',
  'Remove one of the two.': 'Quite uno de los dos.',
  'The same text is there already, as {name}.': 'El mismo texto ya está, como {name}.',
  'Remove that one first if it is to have another name.': 'Quite antes aquel si ha de llevar otro nombre.',
  'No text was found on {pages}.': 'Sin texto: {pages}.',
  'If they are scanned, run text recognition (OCR) over them.': 'Si están escaneadas, páseles el reconocimiento de texto (OCR).',
  'Running heads and feet of its pages are left out: {list}.': 'Se omiten los encabezados y pies de página repetidos: {list}.',
  'If one of them is a statement, put it into a paragraph.': 'Si alguno es una afirmación, póngalo en un párrafo.',
  'The edition "{date}" in the front matter is not a date and is ignored.':
    'La edición «{date}» del encabezado no es una fecha y se ignora.',
  'Write YYYY, YYYY-MM or YYYY-MM-DD.': 'Escriba YYYY, YYYY-MM o YYYY-MM-DD.',
  'The folder is being read already.': 'La carpeta ya se está leyendo.',
  'The file is larger than {limit} MB.': 'El archivo supera {limit} MB.',
  'The body is empty.': 'El archivo está vacío.',
  'Send the bytes of the file as the body.': 'Elija un archivo que contenga algo.',
};
