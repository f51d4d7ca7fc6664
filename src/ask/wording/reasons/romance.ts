import type { Reasons } from '../types.ts';

export const reasonsFr: Reasons = {
  unsupported: 'aucun paragraphe ne l’appuie',
  long: 'la phrase est trop longue pour être vérifiée d’un seul tenant',
  markup: 'la phrase contient des balises',
  citation: 'sa référence ne correspond pas à la note d’information',
  quotation: 'la citation « {0} » n’est pas dans le paragraphe cité',
  figure: 'le chiffre « {0} » n’est pas dans le paragraphe cité',
  date: 'la date « {0} » n’est pas dans le paragraphe cité',
  name: 'le nom « {0} » n’est pas dans le paragraphe cité',
  address: 'l’adresse « {0} » n’est pas dans le paragraphe cité',
  unit: '« {0} » a une autre unité dans le paragraphe cité',
  word: '« {0} » n’est pas dans le paragraphe cité',
  part: 'une partie n’a pas pu être confirmée dans le paragraphe cité',
  superseded: 'seule une édition antérieure ({0}) le dit, et une plus récente l’a remplacée',
  doubted: 'une seconde lecture a montré que les paragraphes cités ne le disent pas',
};

export const reasonsEs: Reasons = {
  unsupported: 'ningún párrafo lo respalda',
  long: 'la frase es demasiado larga para comprobarla de una vez',
  markup: 'la frase contiene marcas de formato',
  citation: 'su referencia no corresponde al informe',
  quotation: 'la cita «{0}» no está en el párrafo citado',
  figure: 'la cifra «{0}» no está en el párrafo citado',
  date: 'la fecha «{0}» no está en el párrafo citado',
  name: 'el nombre «{0}» no está en el párrafo citado',
  address: 'la dirección «{0}» no está en el párrafo citado',
  unit: '«{0}» tiene otra unidad en el párrafo citado',
  word: '«{0}» no está en el párrafo citado',
  part: 'una parte no se ha podido confirmar en el párrafo citado',
  superseded: 'solo lo dice una edición anterior ({0}), y una más reciente la sustituye',
  doubted: 'una segunda lectura mostró que los párrafos citados no lo dicen',
};

export const reasonsIt: Reasons = {
  unsupported: 'nessun paragrafo la sostiene',
  long: 'la frase è troppo lunga per essere verificata in una volta',
  markup: 'la frase contiene marcatori di formattazione',
  citation: 'il suo riferimento non corrisponde alla nota informativa',
  quotation: 'la citazione «{0}» non è nel paragrafo citato',
  figure: 'la cifra «{0}» non è nel paragrafo citato',
  date: 'la data «{0}» non è nel paragrafo citato',
  name: 'il nome «{0}» non è nel paragrafo citato',
  address: 'l’indirizzo «{0}» non è nel paragrafo citato',
  unit: '«{0}» ha un’altra unità nel paragrafo citato',
  word: '«{0}» non è nel paragrafo citato',
  part: 'una parte non ha trovato conferma nel paragrafo citato',
  superseded: 'lo dice solo un’edizione precedente ({0}), sostituita da una più recente',
  doubted: 'una seconda lettura ha mostrato che i paragrafi citati non lo dicono',
};

export const reasonsPt: Reasons = {
  unsupported: 'nenhum parágrafo a sustenta',
  long: 'a frase é longa demais para ser verificada de uma só vez',
  markup: 'a frase contém marcas de formatação',
  citation: 'a sua referência não corresponde à nota informativa',
  quotation: 'a citação «{0}» não está no parágrafo citado',
  figure: 'o número «{0}» não está no parágrafo citado',
  date: 'a data «{0}» não está no parágrafo citado',
  name: 'o nome «{0}» não está no parágrafo citado',
  address: 'o endereço «{0}» não está no parágrafo citado',
  unit: '«{0}» tem outra unidade no parágrafo citado',
  word: '«{0}» não está no parágrafo citado',
  part: 'uma parte não pôde ser confirmada no parágrafo citado',
  superseded: 'só uma edição anterior ({0}) o diz, e uma mais recente a substitui',
  doubted: 'uma segunda leitura mostrou que os parágrafos citados não o dizem',
};
