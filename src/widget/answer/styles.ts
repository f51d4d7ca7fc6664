import { css } from 'lit';

/* What answers look like; beside the sheet of the element, after it. */
export const answerStyles = css`
.status {
  display: flex;
  gap: 8px;
  margin-block-end: 8px;
  color: var(--accent);
  font-size: 0.875em;
  font-weight: 600;
  line-height: 1.4;
}
.status[data-status='partial'],
.status[data-status='older_edition_only'] {
  color: var(--warn);
}
.status[data-status='not_found'] {
  color: var(--soft);
}
.text {
  font: 1.06em / 1.65 var(--reading);
}
.sentence {
  unicode-bidi: isolate;
}
.text > p + p,
.text .run + *,
.text ul + *,
.text ol + *,
.text .table + * {
  margin-block-start: 8px;
}
.text * + .under {
  margin-block: 14px 2px;
}
.text .under + * {
  margin-block-start: 0;
}
.text ul,
.text ol {
  margin-block: 6px;
  padding-inline-start: 1.4em;
  list-style-position: outside;
}
.text ul {
  list-style-type: disc;
}
.text ol {
  list-style-type: decimal;
}
.text li {
  padding-block: 2px;
}
.depth1 {
  margin-inline-start: 1.2em;
}
.depth2 {
  margin-inline-start: 2.4em;
}
.depth3 {
  margin-inline-start: 3.6em;
}
.preface {
  color: var(--soft);
  font-size: 0.94em;
}
.under {
  color: var(--soft);
  font: 600 0.8em / 1.4 var(--ui);
}
.table {
  margin-block: 4px 8px;
  overflow-x: auto;
}
table {
  border-collapse: collapse;
}
th,
td {
  padding-block: 5px;
  padding-inline-end: 18px;
  border-block-end: 1px solid var(--line);
  text-align: start;
  vertical-align: baseline;
}
th {
  color: var(--soft);
  font: 600 0.78em / 1.4 var(--ui);
}
.decides {
  background: none;
  color: inherit;
  font-weight: 650;
  box-shadow: inset 0 -0.5em 0 -0.12em var(--mark);
}
.contact a {
  display: inline-flex;
  align-items: center;
  min-height: 44px;
  font-weight: 600;
}
.next h3 {
  margin-block: 8px 2px;
  color: var(--soft);
  font-size: 0.875em;
  font-weight: 600;
}
/* The number is small in the line; what can be hit is 44 px. Numbers lie above the reach of their neighbours. */
.mark {
  position: relative;
  margin: 0 1px;
  margin-inline-start: 4px;
  padding: 0;
  border: 0;
  background: none;
  vertical-align: 0.14em;
  line-height: 1;
}
.mark span {
  position: relative;
  z-index: 1;
  display: inline-block;
  min-width: 24px;
  padding: 0 6px;
  border-radius: 7px;
  background: var(--tint);
  color: var(--accent);
  font: 650 0.8rem / 24px var(--ui);
  font-size: 13px;
  text-align: center;
}
.mark::after {
  content: '';
  position: absolute;
  inset: 50% auto auto 50%;
  width: 44px;
  height: 44px;
  translate: -50% -50%;
}
.mark:hover span,
.mark[aria-expanded='true'] span {
  background: var(--accent);
  color: var(--on-accent);
}
.tag {
  display: inline-block;
  padding: 0 8px;
  border: 1px solid currentcolor;
  border-radius: 12px;
  color: var(--warn);
  font: 600 12px / 20px var(--ui);
  white-space: nowrap;
}
.note {
  margin-block-start: 12px;
  padding: 10px 14px;
  border-inline-start: 3px solid var(--accent);
  border-radius: 2px;
  background: var(--tint);
  font-size: 0.94em;
}
.note .mark span {
  background: var(--card);
}
.note .mark:hover span,
.note .mark[aria-expanded='true'] span {
  background: var(--accent);
}
.withheld,
.others {
  margin-block-start: 10px;
  color: var(--soft);
  font-size: 0.9em;
}
.withheld summary,
.others summary {
  min-height: 44px;
  padding-block: 10px;
  cursor: pointer;
}
.withheld li {
  padding: 0 0 8px;
}

/* A source, opened in place */
.card,
.nearest > li {
  margin: 12px 0 14px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--card);
  box-shadow: 0 1px 3px rgb(0 0 0 / 0.05);
  font: 0.94rem / 1.5 var(--ui);
  font-size: 15px;
}
.card {
  border-block-start: 3px solid var(--accent);
}
.card .head {
  display: flex;
  align-items: flex-start;
  gap: 6px;
  padding: 4px 4px 0 16px;
}
.frame[dir='rtl'] .card .head {
  padding: 4px 16px 0 4px;
}
.card .head > div {
  flex: 1;
  min-width: 0;
  padding-block-start: 8px;
}
.title {
  font-weight: 650;
  line-height: 1.35;
  text-align: start;
}
.where {
  color: var(--soft);
  font-size: 13px;
  line-height: 1.45;
}
.where i {
  font-style: normal;
}
.older {
  padding: 6px 16px 0;
  color: var(--warn);
  font-size: 13.5px;
}
blockquote {
  padding: 10px 16px 4px;
  font: 16px / 1.62 var(--reading);
  white-space: pre-line;
}
.nearest .table {
  white-space: normal;
}
.card blockquote {
  max-height: 300px;
  overflow-y: auto;
}
mark {
  padding: 0.08em 0.12em;
  margin: 0 -0.12em;
  border-radius: 3px;
  background: var(--mark);
  color: var(--on-mark);
  -webkit-box-decoration-break: clone;
  box-decoration-break: clone;
}
.foot {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0 14px;
  padding: 0 16px 4px;
}
.foot a {
  display: inline-flex;
  align-items: center;
  gap: 5px;
  min-height: 44px;
  font-size: 14.5px;
  font-weight: 600;
}
.foot .where {
  padding-block: 6px;
}
h4 {
  margin-block: 16px 4px;
  color: var(--soft);
  font-size: 0.875em;
  font-weight: 600;
}
.nearest > li {
  margin-block: 8px 10px;
  padding-block-start: 12px;
}
.nearest .title,
.nearest .where {
  padding-inline: 16px;
}
.nearest .foot .where {
  padding-inline: 0;
}
.nearest blockquote {
  margin-block-end: 4px;
  padding-block-end: 0;
}
.others blockquote {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 4;
  line-clamp: 4;
  overflow: hidden;
}

/* What can be done with an answer */
.tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 2px;
  margin-block-start: 10px;
}
.space {
  flex: 1;
}
.thumbs {
  display: flex;
  gap: 2px;
}
.earlier {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 8px;
  flex-basis: 100%;
  color: var(--soft);
  font-size: 0.875em;
}
.earlier .icon.wide {
  margin-inline-start: 0;
  font-size: 1em;
}
.share {
  position: relative;
}
.share summary {
  list-style: none;
  cursor: pointer;
}
.share summary::-webkit-details-marker {
  display: none;
}
.share summary.icon.wide {
  margin-inline-start: 0;
}
.share ul {
  position: absolute;
  inset-block-end: 100%;
  inset-inline-start: 0;
  z-index: 2;
  width: max-content;
  max-width: 60vw;
  padding: 4px;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--card);
  box-shadow: 0 6px 24px rgb(0 0 0 / 0.16);
}
.share li .icon.wide {
  justify-content: flex-start;
  width: 100%;
  margin: 0;
  font-size: 0.94em;
  text-align: start;
}
.sources {
  display: none;
}
.comment {
  display: flex;
  flex-direction: column;
  align-items: flex-end;
  gap: 8px;
  margin-block-start: 6px;
}
.comment label {
  align-self: stretch;
  color: var(--soft);
  font-size: 0.875em;
}
.comment textarea {
  width: 100%;
  min-height: 64px;
  padding: 10px 12px;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--card);
  resize: vertical;
}
.thanks {
  color: var(--soft);
  font-size: 0.875em;
  text-align: end;
}
@media (prefers-reduced-motion: no-preference) {
  .sentence {
    animation: come 0.25s ease-out;
  }
}
@keyframes come {
  from {
    opacity: 0;
  }
}
@media print {
  .tools,
  .comment,
  .thanks,
  .contact,
  .others,
  .withheld,
  .nearest .foot a,
  .card {
    display: none !important;
  }
  .mark,
  .mark span {
    min-width: 0;
    padding: 0;
    line-height: 1;
  }
  .mark span,
  .mark[aria-expanded='true'] span {
    background: none;
    color: var(--ink);
    vertical-align: super;
  }
  .mark::after {
    display: none;
  }
  .sources {
    display: block;
    margin-block-start: 12px;
    font-size: 13px;
  }
  .sources ol {
    padding-inline-start: 1.8em;
    list-style: decimal;
  }
  .sources h4,
  .under {
    break-after: avoid;
  }
  .sources li,
  .nearest > li,
  .note {
    break-inside: avoid;
  }
}
@media (forced-colors: active) {
  .mark span,
  .tag {
    border: 1px solid ButtonText;
  }
  mark {
    forced-color-adjust: none;
    background: Mark;
    color: MarkText;
  }
  .note {
    border: 1px solid CanvasText;
  }
  .mark[aria-expanded='true'] span {
    forced-color-adjust: none;
    background: Highlight;
    color: HighlightText;
  }
}
`;
