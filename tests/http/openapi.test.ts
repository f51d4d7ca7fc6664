import { expect, test } from 'vitest';
import { limits, tinyApp } from './helper.ts';

type Json = Record<string, unknown>;

test('describes every path under /v1 and no other than exist', async () => {
  const { app, call } = tinyApp();
  const document = await (await call('GET', '/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  const described = Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = new Set(
    app.routes.filter((route) => route.method !== 'ALL').map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`),
  );
  for (const one of described) expect(served).toContain(one);
  for (const one of served) if (one.includes(' /v1/')) expect(described).toContain(one);
});

test('says the limits that hold and resolves every reference', async () => {
  const document = await (await tinyApp().call('GET', '/openapi.json')).json();
  const { AskRequest } = document.components.schemas;
  expect(AskRequest.properties.question).toMatchObject({ type: 'string', maxLength: limits.questionCharacters });
  expect(AskRequest.properties.history).toMatchObject({ type: 'array', maxItems: limits.historyTurns });
  expect(AskRequest.required).toEqual(['question']);
  const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g)!;
  for (const reference of references) expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
});
