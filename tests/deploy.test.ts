import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig, variables } from '../src/config.ts';

type Json = Record<string, unknown>;
const read = (file: string) => readFileSync(file, 'utf8');
/** Every object and list within a value, itself first. */
const within = (value: unknown): Json[] =>
  typeof value === 'object' && value !== null ? [value as Json, ...Object.values(value).flatMap(within)] : [];

/** What may not change unnoticed: who runs it, what it may write, and that nothing of this machine gets in. */
test('the image is built in stages, runs as nobody in particular and looks after itself', () => {
  const text = read('Dockerfile');
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace('EXPOSE 8787', 'EXPOSE pilcrow'))).not.toEqual([]);
  const stages = text.split(/^FROM /m).slice(1);
  expect(stages).toHaveLength(2);
  const last = stages[1] as string;
  expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(last.indexOf('USER ')).toBeLessThan(last.indexOf('ENTRYPOINT'));
  expect(last).toMatch(/^HEALTHCHECK [\s\S]*\/healthz/m);
  expect(last).not.toMatch(/apt-get|npm ci|g\+\+/);
  for (const name of last.match(/PILCROW_\w+/g) ?? []) expect(Object.keys(variables)).toContain(name);
  // Everything copied from here is let in, and nothing else is.
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
  const [first, ...allowed] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(first).toBe('*');
  expect(allowed.map((line) => line.slice(1)).sort()).toEqual([...new Set(copied)].sort());
});

test('compose: only the proxy is reached from outside; both are locked down; the settings are ones Pilcrow reads', () => {
  const { services, networks } = parse(read('deploy/compose.yaml'));
  const { pilcrow, caddy } = services;
  expect(pilcrow.ports).toBeUndefined();
  for (const one of [pilcrow, caddy])
    expect(one).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  const filled = Object.fromEntries(
    Object.entries(pilcrow.environment as Record<string, string>).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+(?::-(\w*)|:\?[^}]*)?\}/g, (_, fallback?: string) => fallback ?? 'ask.example.org'),
    ]),
  );
  const config = readConfig(filled);
  expect(config).toMatchObject({ publicUrl: 'https://ask.example.org', access: 'keys', hostNames: ['pilcrow'], notices: [] });
  expect(config.proxies.addresses).toEqual([networks.inner.ipam.config[0].subnet]);
  const stop = Number(/^(\d+)s$/.exec(pilcrow.stop_grace_period)?.[1]) * 1000;
  expect(stop).toBeGreaterThan(config.stop.pauseMilliseconds + config.stop.graceMilliseconds + 2000);
  expect(pilcrow.volumes[0]).toMatch(/:\/corpus:ro$/);
  const caddyfile = read('deploy/Caddyfile');
  expect(caddyfile).toContain('flush_interval -1');
  expect(caddyfile).toMatch(/header_up -X-Forwarded-User\s/);
});

const require = createRequire(import.meta.url);
const manifests = readdirSync('deploy/kubernetes')
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((document) => [file, document.toJS() as Json] as const));

test.each(manifests)('Kubernetes takes %s', (_file, manifest) => {
  const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
  const Model = require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
  new Model(manifest).validate();
  expect(() => new Model({ ...manifest, metadata: { name: 7 } }).validate()).toThrow();
});

test('Kubernetes: what runs may write to its volumes alone, is not root and has no token; settings, volumes and selectors fit', () => {
  const listed = parse(read('deploy/kubernetes/kustomization.yaml')).resources as string[];
  const files = new Set(manifests.map(([file]) => file));
  // The first key is made once, by hand.
  expect([...files].filter((file) => !listed.includes(file))).toEqual(['first-key.yaml']);
  const all = manifests.map(([, one]) => one as { kind: string; metadata: Json; spec: Json; data?: Record<string, string> });
  const of = (kind: string) => all.filter((one) => one.kind === kind);
  const config = readConfig(of('ConfigMap')[0]?.data);
  expect(config.notices).toEqual([]);
  expect(config.access).toBe('keys');
  for (const { spec } of [...of('Deployment'), ...of('Job')]) {
    const pod = (spec.template as { spec: Json }).spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const containers = [...((pod.initContainers as Json[]) ?? []), ...(pod.containers as Json[])];
    for (const container of containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toHaveProperty('limits.memory');
    }
    const claims = within(pod.volumes).flatMap((one) => (one.claimName === undefined ? [] : [one.claimName]));
    for (const claim of claims) expect(of('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toContain(claim);
  }
  const [deployment] = of('Deployment') as [(typeof all)[0]];
  const { strategy, selector, template } = deployment.spec as { strategy: Json; selector: Json; template: { metadata: Json; spec: Json } };
  expect(strategy.type).toBe('Recreate');
  expect(template.metadata.labels).toEqual(selector.matchLabels);
  expect(of('Service')[0]?.spec.selector).toEqual(selector.matchLabels);
  expect(of('NetworkPolicy')[0]?.spec.podSelector).toEqual(selector);
  const seconds = (config.stop.pauseMilliseconds + config.stop.graceMilliseconds) / 1000;
  expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(seconds + 2);
  // Probes come by address: without a host name that is ours they would be refused.
  const probes = within(template.spec).filter((one) => one.httpGet !== undefined);
  expect(probes).toHaveLength(3);
  for (const { httpGet } of probes) expect(httpGet).toMatchObject({ httpHeaders: [{ name: 'Host', value: 'localhost' }] });
});

test('the systemd unit leaves time to stop, and its settings are ones Pilcrow reads', () => {
  const unit = read('deploy/pilcrow.service');
  const { stop } = readConfig({});
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1000).toBeGreaterThan(stop.pauseMilliseconds + stop.graceMilliseconds + 2000);
  for (const name of unit.match(/PILCROW_[A-Z_]+(?==)/g) ?? []) expect(Object.keys(variables)).toContain(name);
});

test('the workflow checks every Node.js that is supported, with no right to write', () => {
  const { permissions, jobs } = parse(read('.github/workflows/ci.yml'));
  expect(permissions).toEqual({ contents: 'read' });
  const { engines } = JSON.parse(read('package.json'));
  const versions: string[] = jobs.check.strategy.matrix.node;
  expect(engines.node).toBe(`>=${versions[0]}`);
  expect(versions).toEqual(['20.19', '22', '24']);
  for (const file of ['.github/dependabot.yml', ...readdirSync('.github/ISSUE_TEMPLATE').map((name) => `.github/ISSUE_TEMPLATE/${name}`)])
    expect(parse(read(file))).toBeTypeOf('object');
});

test('compose: the database is asked for, reached from within alone, and keeps what it holds', () => {
  const { services, volumes } = parse(read('deploy/compose.yaml'));
  const { postgres } = services;
  expect(postgres).toMatchObject({ profiles: ['postgres'], security_opt: ['no-new-privileges:true'], networks: ['inner'] });
  expect(postgres.ports).toBeUndefined();
  expect(Object.keys(volumes)).toContain(postgres.volumes[0].split(':')[0]);
  const [, example] = /^#(DATABASE_URL=.+)$/m.exec(read('deploy/pilcrow.env.example')) ?? [];
  expect(new URL(example!.slice('DATABASE_URL='.length).replace(/<[^>]+>/, 'secret'))).toMatchObject({
    hostname: 'postgres',
    username: postgres.environment.POSTGRES_USER,
    pathname: `/${postgres.environment.POSTGRES_DB}`,
  });
});
