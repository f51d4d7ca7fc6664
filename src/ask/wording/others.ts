import { fill } from '../reasons.ts';
import * as reasons from './reasons/others.ts';
import { languageNames, type NamedEdition, spell, type Wording } from './types.ts';

/** The date stands in brackets, so that no case ending depends on it. */
const russianEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `«${title}» (без даты)` : `издание (${spell(date, 'ru')}${stated ? '' : ', дата установлена по тексту'})`;

export const wordingRu: Wording = {
  language: 'ru',
  notFound: 'В справках нет ответа на этот вопрос.',
  closest: 'Ни один фрагмент не отвечает на это с уверенностью; ближе всего эти.',
  likely: 'Возможно, на это отвечает один из этих фрагментов, но ни один — с уверенностью.',
  otherLanguage: (briefings) =>
    `Язык справок: ${languageNames(briefings, 'ru')}; язык вашего вопроса: русский. Без языковой модели можно сопоставить только имена, числа и общие слова.`,
  date: (date) => spell(date, 'ru'),
  edition: russianEdition,
  onlyEdition: (said, silent) =>
    `Об этом говорит только ${russianEdition(said)}.${silent ? ` Не говорит об этом ${russianEdition(silent)}.` : ''}`,
  accordingTo: (edition) => `Источник — ${russianEdition(edition)}: `,
  spelling: (corrections) => `Прочитано: ${corrections.map(({ from, to }) => `«${from}» как «${to}»`).join(', ')}.`,
  noVectors: 'Векторы недоступны: фрагменты найдены только по словам.',
  damaged: 'Новейший индекс повреждён: ответ взят из предыдущего и может быть устаревшим.',
  conflict: (value, other) => `В том же издании указано также: ${value}, а здесь: ${other}.`,
  became: (before, older, after, newer) => `Было: ${before} — ${russianEdition(older)}; стало: ${after} — ${russianEdition(newer)}.`,
  otherEdition: (edition, value, past) => `${russianEdition(edition).replace(/^и/, 'И')} ${past ? 'указывало' : 'указывает'}: ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `Сравниваются ${russianEdition(older)} и ${russianEdition(newer)}: абзацев с другим значением ${changed}, переформулировано ${reworded}, добавлено ${added}, удалено ${removed}. Рядом они показаны здесь: ${page}`,
  fallback(failure, shown) {
    const rest = {
      quotations: 'приводятся цитаты',
      part: 'показано то, что было проверено к этому времени',
      nothing: 'в этом ответе она не участвовала',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `Модель не ответила вовремя; ${rest}.`;
      case 'cut_off':
        return `Ответ модели прервался; ${rest}.`;
      case 'refused':
        return `Модель отказалась отвечать; ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `Модель недоступна; ${rest}.`;
      case 'over_budget':
        return `Разрешённое на данный момент число обращений к модели исчерпано; ${rest}.`;
      case 'resting':
        return `Модель только что дала сбой и полминуты не опрашивается; ${rest}.`;
      case 'nonsense':
        return `Ответ модели не удалось прочитать; ${rest}.`;
      case null:
        return 'Ничего из написанного моделью не удалось проверить; приводятся цитаты.';
    }
  },
  unanswered: (question) => `В справках нет ответа на вопрос «${question}»`,
  checkedOnly: 'В этом ответе проверены только числа, даты и имена; повторно с источниками он не сверялся.',
  withheld: (reason) => fill(reasons.reasonsRu[reason.kind], reason),
  partlyOtherLanguage: 'Часть ответа удалось дать только на языке справок.',
};

const arabicEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `«${title}» (بلا تاريخ)` : `طبعة ${spell(date, 'ar')}${stated ? '' : ' (التاريخ مستنتج من النص)'}`;

export const wordingAr: Wording = {
  language: 'ar',
  notFound: 'لا تجيب المذكرات عن هذا السؤال.',
  closest: 'لا توجد فقرة تجيب عن هذا على وجه اليقين؛ وهذه أقربها.',
  likely: 'قد تجيب إحدى هذه الفقرات عن هذا، ولا تجيب أي منها على وجه اليقين.',
  otherLanguage: (briefings) =>
    `لغة المذكرات: ${languageNames(briefings, 'ar')}، ولغة سؤالك: العربية. من دون نموذج لغوي لا يمكن مطابقة سوى الأسماء والأرقام والكلمات المشتركة.`,
  date: (date) => spell(date, 'ar'),
  edition: arabicEdition,
  onlyEdition: (said, silent) => `وحدها ${arabicEdition(said)} تقول ذلك.${silent ? ` أما ${arabicEdition(silent)} فلا.` : ''}`,
  accordingTo: (edition) => `وفقاً لـ${arabicEdition(edition)}: `,
  spelling: (corrections) => `قُرئت ${corrections.map(({ from, to }) => `«${from}» على أنها «${to}»`).join('، ')}.`,
  noVectors: 'المتجهات غير متاحة: عُثر على الفقرات بكلماتها وحدها.',
  damaged: 'أحدث فهرس تالف: هذا الجواب من الفهرس الذي قبله وقد يكون قديماً.',
  conflict: (value, other) => `تذكر الطبعة نفسها أيضاً ${value}، بينما يرد هنا ${other}.`,
  became: (before, older, after, newer) => `${before} في ${arabicEdition(older)} أصبح ${after} في ${arabicEdition(newer)}.`,
  otherEdition: (edition, value, past) => `${past ? 'ذكرت' : 'تذكر'} ${arabicEdition(edition)} ${value}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `من ${arabicEdition(older)} إلى ${arabicEdition(newer)}: فقرات تغيرت قيمة فيها ${changed}، أعيدت صياغتها ${reworded}، أضيفت ${added}، حذفت ${removed}. تعرضها جنباً إلى جنب الصفحة ${page}`,
  fallback(failure, shown) {
    const rest = { quotations: 'ما يلي اقتباسات', part: 'يُعرض ما تم التحقق منه حتى ذلك الحين', nothing: 'لم يشارك في هذا الرد' }[shown];
    switch (failure) {
      case 'timeout':
        return `لم يجب النموذج في الوقت المحدد؛ ${rest}.`;
      case 'cut_off':
        return `انقطعت إجابة النموذج؛ ${rest}.`;
      case 'refused':
        return `رفض النموذج الإجابة؛ ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `تعذر الوصول إلى النموذج؛ ${rest}.`;
      case 'over_budget':
        return `استُنفد عدد طلبات النموذج المسموح به حالياً؛ ${rest}.`;
      case 'resting':
        return `تعطّل النموذج قبل قليل ولن يُسأل لمدة نصف دقيقة؛ ${rest}.`;
      case 'nonsense':
        return `تعذرت قراءة رد النموذج؛ ${rest}.`;
      case null:
        return 'تعذر التحقق من أي شيء كتبه النموذج؛ ما يلي اقتباسات.';
    }
  },
  unanswered: (question) => `لا تجيب المذكرات عن «${question}»`,
  checkedOnly: 'رُوجعت في هذه الإجابة الأرقام والتواريخ والأسماء فقط، ولم تُقرأ مرة ثانية على مصادرها.',
  withheld: (reason) => fill(reasons.reasonsAr[reason.kind], reason),
  partlyOtherLanguage: 'لم يمكن تقديم جزء من الإجابة إلا بلغة المذكرات.',
};
