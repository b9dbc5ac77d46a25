import { relative } from 'node:path'
import { formatRef, SEVERITIES, type Target } from '../../model/index.js'
import type { Advice, FixPlan, Mended, ModeChange, PlannedLasting } from '../../actions/fix/index.js'

/** How a plan is shown. */
export interface PlanView {
  /** Whether advice is shown in full. */
  readonly all: boolean
  readonly working: string
}

/** A plan as text: the diff of each file, modes, restarts, what may break, what is left to people. */
export function planText(plan: FixPlan, view: PlanView): string {
  return [
    ...plan.files.flatMap(({ host, path, real, diff }) => [
      `${shownPath(host, path, view)}${real === undefined ? '' : ` (${real})`}`,
      ...diff
        .split('\n')
        .slice(2)
        .map((line) => `  ${line}`),
      '',
    ]),
    ...plan.objects.flatMap(({ ref, words, diff }) => [
      `${formatRef(ref)}${words === undefined ? '' : ` (${words})`}`,
      ...diff
        .split('\n')
        .slice(2)
        .map((line) => `  ${line}`),
      '',
    ]),
    ...section('Modes and owners', plan.modes.map(modeWords)),
    ...section(
      'Then',
      plan.restarts.map((restart) => `${restart.words} (${restart.name} of ${restart.host})`),
    ),
    ...section('What could break', breaksOf(plan.mends)),
    ...section(
      'Mends',
      plan.mends.map(({ severity, check, target }) => `${severity} ${check} (${targetWords(target)})`),
    ),
    ...section('To outlast the next upgrade of kubeadm', plan.lasting.flatMap(lastingLines)),
    ...section('Good to know', plan.notes),
    ...adviceSection(plan.advice, view),
    summaryLine(plan),
    '',
  ].join('\n')
}

/** The same for a page of documentation or a review. */
export function planMarkdown(plan: FixPlan, view: PlanView): string {
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), '']
  return [
    `# Fix plan ${plan.id}`,
    '',
    summaryLine(plan),
    '',
    ...(plan.files.length === 0 ? [] : ['## Files', '']),
    ...plan.files.flatMap(({ host, path, diff }) => [
      `\`${shownPath(host, path, view)}\``,
      '',
      '```diff',
      diff,
      '```',
      '',
    ]),
    ...(plan.objects.length === 0 ? [] : ['## Objects', '']),
    ...plan.objects.flatMap(({ ref, words, diff }) => [
      `${formatRef(ref)}${words === undefined ? '' : ` (${words})`}`,
      '',
      '```diff',
      diff,
      '```',
      '',
    ]),
    ...list('Modes and owners', plan.modes.map(modeWords)),
    ...list(
      'Then',
      plan.restarts.map((restart) => `\`${restart.words}\` (${restart.name} of ${restart.host})`),
    ),
    ...list('What could break', breaksOf(plan.mends)),
    ...list(
      'Mends',
      plan.mends.map(
        ({ severity, check, target, title }) => `**${severity}** ${check}: ${title} (${targetWords(target)})`,
      ),
    ),
    ...(plan.lasting.length === 0
      ? []
      : [
          '## To outlast the next upgrade of kubeadm',
          '',
          '```',
          ...plan.lasting.flatMap(lastingLines),
          '```',
          '',
        ]),
    ...list('Good to know', plan.notes),
    ...list(
      'Left to people',
      plan.advice.map((advice) => `${adviceWords(advice)} ${advice.text.replaceAll('\n', ' ')}`),
    ),
  ].join('\n')
}

/** What kubeadm writes again, and how that is kept from undoing the change. */
function lastingLines({
  configMap,
  changed,
  says,
  rewritten,
  left,
  commands,
  patches,
}: PlannedLasting): string[] {
  const done = changed ? [`ConfigMap kube-system/${configMap} is changed with it, above.`] : []
  const already = says ? [`ConfigMap kube-system/${configMap} says so already.`] : []
  const byHand = changed || says ? [] : ['by hand:', ...commands.map((line) => `  ${line}`)]
  const files =
    changed || says
      ? []
      : patches.flatMap(({ file, text }) => [
          `or on the host, with \`--patches ${file.slice(0, file.lastIndexOf('/'))}\` at every kubeadm upgrade, ${file}:`,
          ...text
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ])
  return [...rewritten, ...done, ...already, ...left, ...byHand, ...files]
}

/** `plan 3f...: 4 findings mended by 2 files, 1 mode, 1 restart; 12 left to people`. */
export function summaryLine({ id, mends, files, modes, restarts, objects, advice }: FixPlan): string {
  const parts = [
    count(files.length, 'file'),
    count(modes.length, 'mode'),
    ...(objects.length === 0 ? [] : [count(objects.length, 'object')]),
    count(restarts.length, 'restart'),
  ]
  return `plan ${id}: ${count(mends.length, 'finding')} mended by ${parts.join(', ')}; ${advice.length} left to people`
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

function shownPath(host: string | undefined, path: string, { working }: PlanView): string {
  if (host !== undefined) return `${host}: ${path}`
  const near = relative(working, path)
  return near.startsWith('..') ? path : near
}

function modeWords({ host, path, before, after }: ModeChange): string {
  const octal = (mode: number): string => mode.toString(8).padStart(4, '0')
  const owners =
    before.uid === after.uid && before.gid === after.gid
      ? ''
      : `, owner ${before.uid}:${before.gid} -> ${after.uid}:${after.gid}`
  return `${host}: ${path} mode ${octal(before.mode)} -> ${octal(after.mode)}${owners}`
}

function breaksOf(mends: readonly Mended[]): string[] {
  return [
    ...new Set(mends.flatMap(({ check, breaks }) => (breaks === undefined ? [] : [`${check}: ${breaks}`]))),
  ]
}

function targetWords(target: Target): string {
  switch (target.kind) {
    case 'object':
      return formatRef(target.object)
    case 'component':
      return `${target.component} on ${target.host}`
    case 'host':
      return target.host
    case 'estate':
      return 'the whole estate'
  }
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), '']
}

/** Without `--all` this many, the worst first. */
const MOST_ADVICE = 10

function adviceSection(advice: readonly Advice[], { all }: PlanView): string[] {
  const worst = [...advice].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  const shown = all ? worst : worst.slice(0, MOST_ADVICE)
  const lines = shown.flatMap((each) =>
    all && each.text !== ''
      ? [adviceWords(each), ...each.text.split('\n').map((line) => `    ${line}`)]
      : [adviceWords(each)],
  )
  const more = worst.length - shown.length
  return section(
    'Left to people',
    more === 0 ? lines : [...lines, `and ${more} more (--all shows them, with what to do)`],
  )
}

function adviceWords({ severity, check, target, why }: Advice): string {
  return `${severity} ${check} (${targetWords(target)}): ${why}`
}
