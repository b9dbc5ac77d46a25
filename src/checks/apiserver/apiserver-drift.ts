import { unknown } from '../../model/index.js'
import type { ComponentView } from '../../effective/index.js'
import { defineCheck, type ComponentSubject, type Report } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserversIn } from './siblings.js'
import { twoApiservers } from './example-two-apiservers.js'

export const apiserverDrift = defineCheck({
  id: 'apiserver-drift',
  title: 'The API server does not run as its manifest, or as its siblings',
  severity: 'medium',
  because:
    'what the manifest says is not in force, or holds only for the requests that reach the right API server',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A hardening that is in one manifest alone, or was written after the start, protects only a part of the requests: a client goes to whichever API server answers.',
  references: [kubernetesDocs('tasks/configure-pod-container/static-pod/')],
  evaluate(apiserver, report) {
    const gate = apiserver.setting('secure-port')
    if (!gate.known) return report.unknown(gate)
    const compared = compareWithFiles(apiserver, report)
    const others = apiserversIn(apiserver.estate).filter((view) => view.setting('secure-port').known)
    if (others.length > 1) compareWithSiblings(apiserver, others, report)
    if (!compared && others.length < 2 && apiserver.command?.source !== 'mirror-pod') {
      report.unknown(
        unknown(
          'no-source',
          'neither a running API server nor a second one was seen to compare its manifest with',
        ),
      )
    }
  },
  examples: {
    bad: twoApiservers(['--profiling=false'], ['--profiling=true']),
    good: twoApiservers(['--profiling=false'], ['--profiling=false']),
  },
})

/** Flags that differ from host to host. */
const OWN: ReadonlySet<string> = new Set([
  'advertise-address',
  'bind-address',
  'etcd-servers',
  'external-hostname',
  'peer-advertise-ip',
  'peer-advertise-port',
  'v',
  'vmodule',
])

const RESTART = advice(
  'Look at the difference and decide what is right. A static pod is started again when its manifest changes; where the kubelet did not, move the manifest out of the folder, wait for the pod to end, and move it back.',
)

/** Compares the running process with the manifest or unit that would start it. False where either was not seen. */
function compareWithFiles(apiserver: ComponentSubject, report: Report): boolean {
  const { command, machine } = apiserver
  if (command === undefined || machine === undefined || command.source !== 'process') return false
  const file = machine.commands.find(
    ({ component, source, unresolved }) =>
      component === 'kube-apiserver' && source !== 'process' && source !== 'ps' && unresolved === undefined,
  )
  if (file === undefined || command.cut === true) return false
  const [running, written] = [wordsOf(command.args), wordsOf(file.args)]
  const differ = [...difference(running, written), ...difference(written, running)]
  if (differ.length === 0) return true
  const names = [...new Set(differ.map((word) => word.split('=', 1)[0] ?? ''))].sort()
  report.fail(
    {
      origin: {
        kind: 'process',
        host: machine.name,
        component: 'kube-apiserver',
        argIndex: 0,
        argument: '',
        ...(command.pid === undefined ? {} : { pid: command.pid }),
      },
      key: 'arguments',
      message: `${command.described} and ${file.described} differ in ${names.join(', ')}`,
    },
    { message: `the running API server and its manifest differ in ${names.join(', ')}`, fix: RESTART },
  )
  return true
}

/** Compares with what most API servers are given; of equal numbers the first host counts. */
function compareWithSiblings(
  apiserver: ComponentSubject,
  all: readonly ComponentView[],
  report: Report,
): void {
  const forms = all.map(givenFlags)
  const texts = forms.map((form) => JSON.stringify([...form]))
  const count = (text: string): number => texts.filter((each) => each === text).length
  const at = texts.reduce((best, text, index) => (count(text) > count(texts[best] ?? '') ? index : best), 0)
  const usual = all[at]
  const expected = forms[at]
  if (usual === undefined || expected === undefined || usual.host === apiserver.host) return
  const own = givenFlags(apiserver)
  const names = [...new Set([...own.keys(), ...expected.keys()])]
    .filter((name) => own.get(name) !== expected.get(name))
    .sort()
  for (const name of names) {
    const setting = apiserver.config.settings.find((each) => each.setting === name)
    if (setting === undefined) continue
    report.fail(flagEvidence(apiserver, name, setting.origin), {
      message: `\`--${name}\` differs from that of ${usual.host}`,
      fix: RESTART,
    })
  }
}

/** The flags that were given, but for those that belong to the host, in the order of their names. */
function givenFlags(view: ComponentView): ReadonlyMap<string, string> {
  return new Map(
    view.config.settings
      .filter(({ setting, source }) => source.kind === 'flag' && !OWN.has(setting) && !DERIVED.has(setting))
      .map(({ setting, value }) => [setting, JSON.stringify(value)]),
  )
}

/** Made of flags that are compared themselves. */
const DERIVED: ReadonlySet<string> = new Set([
  'authorizers',
  'anonymous-paths',
  'admission-plugins',
  'audit-backends',
])

function wordsOf(args: readonly { readonly value: string }[]): ReadonlySet<string> {
  return new Set(args.map(({ value }) => value))
}

function difference(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return [...left].filter((word) => !right.has(word))
}
