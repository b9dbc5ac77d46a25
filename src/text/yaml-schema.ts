import { FAILSAFE_SCHEMA, Type, type Schema } from 'js-yaml'
import { goScalar } from './go-scalar.js'

/** Plain scalars that may be something else than text begin with one of these. */
const MAYBE_TYPED = /^(?:[-+.\d~nNtTfFyYoO]|$)/
const CORE = 'tag:yaml.org,2002:'

/**
 * Scalars as kubectl reads them: `yes` is true, `0644` is 420, dates stay text, unknown tags are ignored.
 * Source: sigs.k8s.io/yaml v1.6.0 YAMLToJSON; go.yaml.in/yaml/v2 v2.4.3 resolve.go, resolve.
 * @param onCustomTag hears of each tag that YAML itself does not define
 */
export function goYamlSchema(onCustomTag: (tag: string) => void): Schema {
  const custom = (kind: 'scalar' | 'sequence' | 'mapping', empty: unknown): Type =>
    new Type('!', {
      kind,
      multi: true,
      construct: (data: unknown, tag?: string) => {
        onCustomTag(tag ?? '!')
        return data ?? empty
      },
    })
  return FAILSAFE_SCHEMA.extend({
    implicit: [plainScalar(), new Type(`${CORE}merge`, { kind: 'scalar', resolve: (data) => data === '<<' })],
    explicit: [
      ...['bool', 'int', 'float', 'null'].map(taggedScalar),
      new Type(`${CORE}timestamp`, { kind: 'scalar' }),
      new Type(`${CORE}binary`, { kind: 'scalar', construct: decodeBase64 }),
      new Type(`${CORE}set`, { kind: 'mapping', construct: (data: unknown) => data ?? {} }),
      new Type(`${CORE}omap`, { kind: 'sequence', construct: (data: unknown) => data ?? [] }),
      custom('scalar', ''),
      custom('sequence', []),
      custom('mapping', {}),
    ],
  })
}

function plainScalar(): Type {
  return new Type(`${CORE}go-scalar`, {
    kind: 'scalar',
    resolve: (data: unknown) =>
      typeof data === 'string' && MAYBE_TYPED.test(data) && goScalar(data, true) !== data,
    construct: (data: string) => goScalar(data, true),
  })
}

function taggedScalar(name: string): Type {
  return new Type(CORE + name, {
    kind: 'scalar',
    construct: (data: unknown) => goScalar(typeof data === 'string' ? data : '', false, CORE + name),
  })
}

function decodeBase64(data: unknown): string {
  return Buffer.from(typeof data === 'string' ? data : '', 'base64').toString('utf8')
}
