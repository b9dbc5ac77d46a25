import { describe, expect, it } from 'vitest'
import { planDigest, type UpgradePlan } from '../../upgrade/index.js'
import { readPlan } from './read-plan.js'

const step = {
  id: '1.37/w/drain',
  node: 'w',
  role: 'worker',
  action: 'drain',
  minor: '1.37',
  version: 'v1.37.2',
  title: 'Drain w',
  commands: [{ run: ['kubectl', 'drain', 'w'], on: 'here' }],
  precondition: '',
  check: '',
  back: '',
}
const plan = {
  kind: 'rampart.upgrade-plan',
  format: 1,
  rampart: 'test',
  cluster: { name: 'prod', uid: 'c1', fingerprint: '' },
  from: 'v1.36.3',
  to: 'v1.37.2',
  hops: [],
  nodes: [{ name: 'w', uid: 'u', role: 'worker', packages: 'apt', kubelet: 'v1.36.3' }],
  settings: {},
  dataDate: '2026-11-23',
  notes: [],
  steps: [step],
}
const digested = (over: object): string => {
  const made = { ...plan, ...over }
  return JSON.stringify({ ...made, digest: planDigest(made as unknown as UpgradePlan) })
}

describe('readPlan', () => {
  it('reads a plan as it was made', () => {
    expect(readPlan(digested({}), 'plan.json').steps).toEqual([step])
  })

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /plan\.json: it is no JSON/],
    ['half of one', digested({}).slice(0, 200), /it is no JSON/],
    ['another thing', '{"kind":"List"}', /it is no plan of an upgrade/],
    ['a list', '[]', /it is no plan of an upgrade/],
    ['another format', digested({ format: 2 }), /format is of another version/],
    ['no steps', JSON.stringify({ ...plan, steps: undefined }), /it has no steps/],
    ['an unknown version', digested({ to: '1.37' }), /to: `1\.37` is no version/],
    [
      'an unknown action',
      digested({ steps: [{ ...step, action: 'reboot' }] }),
      /steps\[0\]\.action: `reboot` is unknown/,
    ],
    ['a step without a node', digested({ steps: [{ ...step, node: 5 }] }), /steps\[0\]\.node is no text/],
    [
      'a step of a node that is not there',
      digested({ steps: [{ ...step, node: 'x' }] }),
      /steps\[0\]\.node: `x` is not among/,
    ],
    [
      'two steps of one id',
      digested({ steps: [step, step] }),
      /steps\[1\]\.id: `1\.37\/w\/drain` is there twice/,
    ],
    ['two nodes of one name', digested({ nodes: [...plan.nodes, ...plan.nodes] }), /nodes\[1\]\.name/],
    [
      'an empty command',
      digested({ steps: [{ ...step, commands: [{ run: [], on: 'node' }] }] }),
      /commands\[0\] neither runs nor writes/,
    ],
    [
      'a command that is one text',
      digested({ steps: [{ ...step, commands: [{ run: 'rm -r /', on: 'node' }] }] }),
      /neither runs nor writes/,
    ],
    [
      'a file without its place',
      digested({ steps: [{ ...step, commands: [{ write: 'x', text: '', on: 'node' }] }] }),
      /neither runs nor writes/,
    ],
    [
      'a command nowhere',
      digested({ steps: [{ ...step, commands: [{ run: ['x'], on: 'moon' }] }] }),
      /on is neither node nor here/,
    ],
    [
      'an edited command',
      digested({}).replace('"kubectl","drain"', '"kubectl","delete"'),
      /it was changed since it was made/,
    ],
    ['no digest', JSON.stringify(plan), /it was changed since it was made/],
  ])('%s is told by its place', (_name, text, message) => {
    expect(() => readPlan(text, 'plan.json')).toThrow(message)
  })
})
