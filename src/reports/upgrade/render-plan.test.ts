import { describe, expect, it } from 'vitest'
import { exampleInventory, type ExampleNode } from '../../../test/kit/example-inventory.js'
import { schemaValidator } from '../../../test/kit/schema-validator.js'
import {
  builtInData,
  planDigest,
  planUpgrade,
  type Blocker,
  type PlanOptions,
  type UpgradePlan,
} from '../../upgrade/index.js'
import { planSections } from './plan-sections.js'
import {
  renderBlockersText,
  renderPlanHtml,
  renderPlanMarkdown,
  renderPlanText,
  streamPlanJson,
} from './index.js'

const plan = (workers: number, options: Partial<PlanOptions> = {}): UpgradePlan => {
  const nodes: ExampleNode[] = [
    { name: 'cp-1', server: 'v1.35.9', kubelet: 'v1.35.9' },
    ...Array.from({ length: workers }, (_, at) => ({ name: `w-${at + 1}`, kubelet: 'v1.35.9' })),
  ]
  return planUpgrade(exampleInventory(nodes), builtInData(), { rampart: 'test', to: '1.36', ...options })
}

const blocker: Blocker = {
  check: 'etcd-hop',
  level: 'blocks',
  subject: { kind: 'component', component: 'etcd', node: 'cp-1' },
  minor: '1.36',
  message: 'etcd is `3.5.1` <b>',
  fix: 'bring it to `3.5.26`',
  references: [],
}

describe('plans as people and programs read them', () => {
  it.each<[string, UpgradePlan]>([
    ['in place', plan(3)],
    ['by replacement', plan(3, { replaceCommand: './new' })],
    ['with nothing to do', plan(0, { to: '1.35.9' })],
    [
      'with patches and checks that only warn',
      plan(2, {
        patches: '/etc/kubernetes/patches',
        workerPatches: '/etc/kubernetes/worker-patches',
        ignorePreflightErrors: ['SystemVerification', 'Port-10250'],
      }),
    ],
    ['with another mirror and dnf', plan(2, { packages: 'dnf5', packagesUrl: 'http://mirror.local/k8s' })],
  ])('fit their schema: %s', (_name, made) => {
    expect(schemaValidator('schemas/upgrade-plan.schema.json')(JSON.parse(JSON.stringify(made)))).toEqual([])
  })

  it.each([0, 1, 700])('is the same plan when it is read back from JSON: %d workers', (workers) => {
    const made = workers === 0 ? plan(0, { to: '1.35.9' }) : plan(workers)
    const read = JSON.parse([...streamPlanJson(made)].join('')) as UpgradePlan
    expect(read).toEqual(made)
    expect(planDigest(read)).toBe(made.digest)
  })

  it('writes out signs that act on a terminal in JSON', () => {
    const made = plan(0)
    const odd = { ...made, steps: [{ ...made.steps[0], title: 'a\u202eb' }] } as UpgradePlan
    const text = [...streamPlanJson(odd)].join('')
    expect(text).not.toContain('\u202e')
    expect(JSON.parse(text)).toEqual(odd)
  })

  it('the schema refuses an action that nobody knows', () => {
    const made = plan(0)
    const wrong = { ...made, steps: [{ ...made.steps[0], action: 'reboot' }] }
    expect(schemaValidator('schemas/upgrade-plan.schema.json')(wrong)).not.toEqual([])
  })

  it('the schema refuses a check that can be none', () => {
    const made = plan(0)
    const wrong = { ...made, settings: { ...made.settings, kubeadm: { ignorePreflightErrors: ['a b'] } } }
    expect(schemaValidator('schemas/upgrade-plan.schema.json')(wrong)).not.toEqual([])
  })

  it('keeps nodes together that are done in the same way', () => {
    const blocks = planSections(plan(40)).flatMap((section) => section.blocks)
    const workers = blocks.filter(({ role }) => role === 'worker')
    expect(workers).toHaveLength(1)
    expect(workers[0]?.nodes).toHaveLength(40)
    expect(JSON.stringify(workers[0]?.steps)).not.toMatch(/w-\d/)
  })

  it('keeps names apart that begin alike', () => {
    const [worker] = planSections(plan(12))
      .flatMap((section) => section.blocks)
      .filter(({ role }) => role === 'worker')
    expect(worker?.nodes).toContain('w-12')
    expect(worker?.steps.find(({ action }) => action === 'drain')?.commands).toEqual([
      { run: ['kubectl', 'drain', 'NODE', '--ignore-daemonsets'], on: 'here' },
    ])
  })

  it('shows every step of the control plane in text, with its way back', () => {
    const text = renderPlanText(plan(1))
    for (const { id } of plan(1).steps) expect(text).toContain(id)
    expect(text).toContain('NO RETURN')
    expect(text).toContain(
      "cp-1# DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get install -y 'kubeadm=1.36.4-*'",
    )
  })

  it('is a runbook in Markdown: a box a step, a box a node', () => {
    const text = renderPlanMarkdown(plan(3), [blocker])
    expect(text).toContain('- [ ] w-2')
    expect(text).toContain('- [ ] **blocks** (1.36) etcd of cp-1')
    expect(text).toContain('**Point of no return:**')
    expect(text).toContain('kubectl drain NODE --ignore-daemonsets')
    expect(text.match(/^ {2}```/gm)?.length).toBe((text.match(/^ {2}```sh/gm)?.length ?? 0) * 2)
  })

  it('is a page without a script, whose words do nothing', () => {
    const html = renderPlanHtml(plan(3), [blocker])
    expect(html).not.toContain('<script')
    expect(html).toContain('etcd is <code>3.5.1</code> &lt;b&gt;')
    expect(html).toContain("default-src 'none'")
  })

  it('says that there is nothing to do', () => {
    const made = plan(1, { to: '1.35.9' })
    for (const text of [renderPlanText(made), renderPlanMarkdown(made), renderPlanHtml(made)]) {
      expect(text).toContain('nothing to do')
    }
  })

  it('hides signs that act on a terminal', () => {
    const made = { ...plan(0), cluster: { name: 'prod\u001b[31m', uid: '', fingerprint: 'f'.repeat(64) } }
    for (const text of [renderPlanText(made), renderPlanMarkdown(made), renderPlanHtml(made)]) {
      expect(text).not.toContain('\u001b')
    }
    expect(renderBlockersText([{ ...blocker, message: 'a\u001b[31mb' }])).not.toContain('\u001b')
  })
})
