import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  naiveDirection,
  type NaiveEnd,
  type NaivePolicy,
} from '../../../test/reference/naive-network-policy.js'
import { estateFrom } from '../../sources/inline.js'
import type { KubeObject } from '../../model/index.js'
import {
  judgeConnection,
  judgeDirection,
  type AddressEndpoint,
  type Endpoint,
  type PodEndpoint,
} from './evaluate.js'
import { policySet } from './policy-set.js'

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const NAMESPACES = ['a', 'b']
const LABELS = {
  a: { team: 'x', 'kubernetes.io/metadata.name': 'a' },
  b: { 'kubernetes.io/metadata.name': 'b' },
}
const labels = fc.record({ app: pick('web', 'db'), tier: pick('front', 'back') }, { requiredKeys: [] })
const expression = fc.oneof(
  fc.record({
    key: pick('app', 'tier'),
    operator: pick('In', 'NotIn'),
    values: fc.constant(['web', 'back']),
  }),
  fc.record({ key: pick('app', 'tier'), operator: pick('Exists', 'DoesNotExist') }),
)
const selector = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 1 }) },
  { requiredKeys: [] },
)
const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: pick({ team: 'x' }, { 'kubernetes.io/metadata.name': 'b' }) }),
  fc.constant({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }),
)
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({
    ipBlock: fc.record({
      cidr: pick('0.0.0.0/0', '10.0.0.0/8', '10.1.2.0/24', '10.1.2.3/32', '192.0.2.128/25'),
      except: fc.array(pick('10.1.0.0/16', '10.1.2.3/32', '169.254.169.254/32'), { maxLength: 2 }),
    }),
  }),
)
const port = fc.oneof(
  fc.record(
    { protocol: pick('TCP', 'UDP'), port: pick<number | string>(53, 80, 443, 'http') },
    { requiredKeys: [] },
  ),
  fc.record({ port: pick(1, 80), endPort: pick(80, 443, 65535) }),
)
const rule = fc.record(
  {
    from: fc.array(peer, { maxLength: 2 }),
    to: fc.array(peer, { maxLength: 2 }),
    ports: fc.array(port, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const policy: fc.Arbitrary<NaivePolicy> = fc
  .record({
    namespace: pick(...NAMESPACES),
    podSelector: maybe(selector),
    policyTypes: maybe(pick([], ['Ingress'], ['Egress'], ['Ingress', 'Egress'])),
    ingress: maybe(fc.array(rule, { maxLength: 2 })),
    egress: maybe(fc.array(rule, { maxLength: 2 })),
  })
  .map(({ namespace, ...spec }) => ({
    metadata: { name: 'p', namespace },
    spec: Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)),
  }))

const pod = fc.record({
  namespace: pick('a' as const, 'b' as const),
  labels,
  ports: pick([], [{ name: 'http', protocol: 'TCP', port: 80 }]),
})
const end = fc.oneof(
  pod.map((each) => ({ ...each, namespaceLabels: LABELS[each.namespace] })),
  fc.record({ address: pick('10.1.2.3', '10.200.0.1', '192.0.2.200', '169.254.169.254', '8.8.8.8') }),
)

const asEndpoint = (each: NaiveEnd): Endpoint =>
  'address' in each
    ? ({ kind: 'address', address: each.address } satisfies AddressEndpoint)
    : ({ kind: 'pod', ...each } satisfies PodEndpoint)

const objectsOf = (policies: readonly NaivePolicy[]): KubeObject[] =>
  policies.map(({ metadata, spec }, number): KubeObject => ({
    ref: {
      group: 'networking.k8s.io',
      version: 'v1',
      kind: 'NetworkPolicy',
      namespace: metadata.namespace,
      name: `p${number}`,
    },
    content: JSON.parse(JSON.stringify({ metadata, spec })) as KubeObject['content'],
    source: 'manifest',
    slice: { file: '-', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
  }))

describe('judgeDirection', () => {
  it('agrees with the description of the API', () => {
    fc.assert(
      fc.property(
        fc.array(policy, { maxLength: 5 }),
        end,
        end,
        pick('TCP', 'UDP'),
        pick(53, 80, 100, 443),
        pick('ingress' as const, 'egress' as const),
        (policies, from, to, protocol, number, direction) => {
          const expected = naiveDirection(policies, direction, from, to, protocol, number)
          const { verdict } = judgeDirection(policySet(objectsOf(policies)), direction, {
            from: asEndpoint(from),
            to: asEndpoint(to),
            protocol,
            port: number,
          })
          expect(verdict).toBe(expected === undefined ? 'depends' : expected ? 'allowed' : 'denied')
        },
      ),
      { numRuns: 3000 },
    )
  })
})

const WEB: PodEndpoint = { kind: 'pod', namespace: 'shop', labels: { app: 'web' } }
const DB: PodEndpoint = {
  kind: 'pod',
  namespace: 'shop',
  labels: { app: 'db' },
  ports: [{ name: 'sql', protocol: 'TCP', port: 5432 }],
}
const OTHER: PodEndpoint = { kind: 'pod', namespace: 'ci', labels: { app: 'web' } }
const METADATA: AddressEndpoint = { kind: 'address', address: '169.254.169.254' }

async function policies(...specs: string[]) {
  const manifests = specs
    .map(
      (spec, number) =>
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p${number}, namespace: shop }\nspec: ${spec}\n`,
    )
    .join('---\n')
  return policySet((await estateFrom({ manifests })).objects)
}

describe('judgeConnection', () => {
  const judged = async (from: Endpoint, to: Endpoint, port: number, ...specs: string[]) =>
    judgeConnection(await policies(...specs), { from, to, protocol: 'TCP', port })

  it('an empty list of egress rules without policyTypes isolates nothing', async () => {
    expect(await judged(WEB, METADATA, 80, '{ podSelector: {}, egress: [] }')).toBe('allowed')
    expect(await judged(WEB, METADATA, 80, '{ podSelector: {}, egress: [], policyTypes: [Egress] }')).toBe(
      'denied',
    )
  })

  it('policies add up', async () => {
    const deny = '{ podSelector: {}, policyTypes: [Ingress] }'
    expect(await judged(OTHER, DB, 5432, deny)).toBe('denied')
    expect(await judged(OTHER, DB, 5432, deny, '{ ingress: [{}] }')).toBe('allowed')
  })

  it('a named port is that of the target', async () => {
    const named = '{ podSelector: { matchLabels: { app: db } }, ingress: [{ ports: [{ port: sql }] }] }'
    expect(await judged(WEB, DB, 5432, named)).toBe('allowed')
    expect(await judged(WEB, DB, 5433, named)).toBe('denied')
  })

  it('both selectors in one peer must match, in two either', async () => {
    const ns = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ci } }'
    const both = `{ ingress: [{ from: [{ ${ns}, podSelector: { matchLabels: { app: job } } }] }] }`
    const either = `{ ingress: [{ from: [{ ${ns} }, { podSelector: { matchLabels: { app: job } } }] }] }`
    expect(await judged(OTHER, DB, 5432, both)).toBe('denied')
    expect(await judged(OTHER, DB, 5432, either)).toBe('allowed')
  })

  it('labels of a namespace that was not read leave the answer open, its name does not', async () => {
    expect(
      await judged(
        OTHER,
        DB,
        1,
        '{ ingress: [{ from: [{ namespaceSelector: { matchLabels: { a: b } } }] }] }',
      ),
    ).toBe('depends')
    expect(
      await judged(
        OTHER,
        DB,
        1,
        '{ ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: x } } }] }] }',
      ),
    ).toBe('denied')
  })

  it('pods in the network of their node are left to the plug-in', async () => {
    const deny = '{ podSelector: {}, policyTypes: [Ingress] }'
    expect(await judged(WEB, { ...DB, hostNetwork: true }, 80, deny)).toBe('depends')
  })

  it('addresses of IPv6 and their exceptions', async () => {
    const out = '{ egress: [{ to: [{ ipBlock: { cidr: "2001:db8::/32", except: ["2001:db8:1::/48"] } }] }] }'
    expect(await judged(WEB, { kind: 'address', address: '2001:db8::1' }, 80, out)).toBe('allowed')
    expect(await judged(WEB, { kind: 'address', address: '2001:db8:1::1' }, 80, out)).toBe('denied')
    expect(await judged(WEB, { kind: 'address', address: '10.0.0.1' }, 80, out)).toBe('denied')
    expect(await judged(WEB, { kind: 'address', address: 'not one' }, 80, out)).toBe('denied')
  })

  it('what the API would refuse allows nothing, and is named', async () => {
    const broken = [
      '{ ingress: [7] }',
      '{ ingress: [{ from: x }] }',
      '{ ingress: [{ from: [{}] }] }',
      '{ ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0 } }] }] }',
      '{ ingress: [{ from: [{ podSelector: [] }] }] }',
      '{ ingress: [{ ports: [{ port: 0 }] }] }',
      '{ ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }',
      '{ ingress: [{ ports: [{ protocol: [] }] }] }',
      '{ ingress: 5 }',
    ]
    for (const spec of broken) {
      expect([spec, await judged(WEB, DB, 80, spec)]).toEqual([spec, 'denied'])
      const [policy] = (await policies(spec)).inNamespace('shop')
      expect([spec, policy?.malformed]).toEqual([spec, [expect.anything()]])
    }
  })
})
