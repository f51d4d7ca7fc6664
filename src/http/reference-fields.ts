import { type Html, html } from '../core/html.ts';

/** JSON Schema, as far as the reference reads it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | false;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

/** Deeper members are left to the document itself. */
const DEPTH = 5;

/** Text with what stands between backticks as code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
const linkTo = (name: string): Html => html`<a href="#schema-${name}">${name}</a>`;
/** What the entries of an array are; of tuples, of which there are none longer than one, the first. */
const entries = (schema: Schema): Schema | undefined => schema.prefixItems?.[0] ?? (schema.items || undefined);
const variants = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? [];

/** A type in words, e.g. "array of string or null". */
function typeOf(schema: Schema): Html {
  if (schema.$ref) return linkTo(nameOf(schema.$ref));
  const several = variants(schema);
  if (several.length > 0) return joined(several.map(typeOf));
  if (schema.type === undefined) return html`${schema.const === undefined && schema.enum === undefined ? 'any' : 'constant'}`;
  if (Array.isArray(schema.type)) return html`${schema.type.join(' or ')}`;
  if (schema.type === 'array') return html`array of ${entries(schema) ? typeOf(entries(schema) as Schema) : 'any'}`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object' && !schema.properties) {
    return html`object of ${typeOf(schema.additionalProperties)}`;
  }
  return html`${schema.type}`;
}

/** Types joined by "or", each once. */
function joined(types: Html[]): Html {
  const once = [...new Map(types.map((type) => [type.markup, type])).values()];
  return html`${once.map((type, index) => (index === 0 ? type : html` or ${type}`))}`;
}

/** What a value must be besides its type, in short phrases. */
function limitsOf(schema: Schema): Html[] {
  const phrases: Html[] = [];
  const code = (value: unknown) => html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
  const listed = (values: unknown[]) => html`${values.map((value, index) => (index === 0 ? code(value) : html`, ${code(value)}`))}`;
  if (schema.const !== undefined) phrases.push(html`always ${code(schema.const)}`);
  if (schema.enum) phrases.push(html`one of ${listed(schema.enum)}`);
  const span = (least: number | undefined, most: number | undefined, of: string): void => {
    // Zod writes the largest safe integer where there is no limit.
    const low = least !== undefined && least > Number.MIN_SAFE_INTEGER ? least : undefined;
    const high = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined;
    if (low !== undefined && high !== undefined && low > 1) phrases.push(html`${low} to ${high}${of}`);
    else if (high !== undefined)
      phrases.push(
        of === '' && low !== undefined ? html`${low} to ${high}` : html`at most ${high}${high === 1 ? of.replace(/ies$/, 'y') : of}`,
      );
    else if (low !== undefined) phrases.push(html`at least ${low}${low === 1 ? of.replace(/ies$/, 'y') : of}`);
  };
  span(schema.minimum, schema.maximum, '');
  span(schema.maxLength === undefined ? undefined : schema.minLength, schema.maxLength, ' characters');
  span(schema.minItems, schema.maxItems, ' entries');
  if (schema.pattern) phrases.push(html`matches ${code(schema.pattern)}`);
  if (schema.default !== undefined) phrases.push(html`default ${code(schema.default)}`);
  if (schema.examples?.length) phrases.push(html`e.g. ${listed(schema.examples)}`);
  for (const one of variants(schema)) phrases.push(...limitsOf(one));
  if (schema.items && !schema.items.$ref)
    phrases.push(...limitsOf({ ...schema.items, properties: undefined }).map((phrase) => html`each ${phrase}`));
  return phrases;
}

interface Field {
  path: string;
  schema: Schema;
  required: boolean;
  /** Of the object it stands in; empty at the top. */
  inside: string;
}

/** Every member of an object with its path, those of inner objects and of objects in lists and choices too. */
function fieldsOf(schema: Schema, inside = '', depth = 0): Field[] {
  if (depth >= DEPTH) return [];
  const each = entries(schema);
  if (schema.type === 'array' && each) return fieldsOf(each, inside === '' ? '' : `${inside}[]`, depth);
  const chosen = variants(schema).flatMap((one) => fieldsOf(one, inside, depth));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = inside === '' ? name : `${inside}.${name}`;
    return [{ path, schema: member, required: schema.required?.includes(name) === true, inside }, ...fieldsOf(member, path, depth + 1)];
  });
  return [...new Map([...own, ...chosen].map((field) => [field.path, field])).values()];
}

/** Members of an object as a list to look things up in. `asked`: whether it says which must be there. */
export function fieldList(schema: Schema, asked: boolean): Html {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return html`<p class="type">${typeOf(schema)}</p>`;
  return html`<dl class="fields">${fields.map((field) => entry(field.path, field.schema, asked && field.required))}</dl>`;
}

/** One name with what it is: a member, a parameter. */
export function entry(path: string, schema: Schema, required: boolean, description = schema.description): Html {
  const parts = path.split('.');
  const last = parts.pop() as string;
  const facts = [typeOf(schema), ...limitsOf(schema)];
  return html`<div>
    <dt><code>${parts.map((part) => html`<span class="path">${part}.</span><wbr>`)}${last}</code>${required && html` <span class="required">required</span>`}</dt>
    <dd>${description && html`<p>${prose(description)}</p>`}<p class="facts-of">${facts.map((fact, index) => (index === 0 ? fact : html` · ${fact}`))}</p></dd>
  </div>`;
}
