import { subjectText, type Blocker, type PlannedStep, type UpgradePlan } from '../../upgrade/index.js'
import { codeBlock, codeSpan, codeSpans, markdownText } from '../markdown-text.js'
import { blockTitle, commandLines, planSections, roadLines, type PlanBlock } from './plan-sections.js'

/** The plan as a runbook: boxes to tick, commands to copy. */
export function renderPlanMarkdown(plan: UpgradePlan, blockers: readonly Blocker[] = []): string {
  const lines: string[] = [
    `# Upgrade of ${markdownText(plan.cluster.name)}: ${plan.from} to ${plan.to}`,
    '',
    `${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'}, ${plan.steps.length} steps. Data of ${plan.dataDate}. Cluster ${codeSpan(plan.cluster.fingerprint.slice(0, 12))}: another value than \`rampart upgrade plan\` says now means that the cluster has changed since.`,
    '',
  ]
  if (plan.steps.length === 0)
    return `${[...lines, `Everything is ${plan.to} already: nothing to do.`].join('\n')}\n`
  if (blockers.length > 0) {
    lines.push('## In the way', '', ...blockers.map(blockerLine), '')
  }
  lines.push('## The road', '', ...roadLines(plan).map((line) => `- ${markdownText(line)}`), '')
  lines.push('## Good to know', '', ...plan.notes.map((note) => `- ${codeSpans(note)}`))
  for (const section of planSections(plan)) {
    lines.push('', `## ${markdownText(section.title)}`)
    for (const block of section.blocks) lines.push('', ...blockLines(block))
  }
  return `${lines.join('\n')}\n`
}

function blockerLine(blocker: Blocker): string {
  const { level, minor, message, fix } = blocker
  const when = minor === undefined ? '' : ` (${minor})`
  return `- [ ] **${level}**${when} ${markdownText(subjectText(blocker))}: ${codeSpans(message)}. Fix: ${codeSpans(fix)}.`
}

function blockLines(block: PlanBlock): string[] {
  const many = block.nodes.length > 1
  return [
    `### ${markdownText(blockTitle(block))}`,
    ...(many
      ? [
          '',
          'For each of these, with its name in place of `NODE`:',
          '',
          ...block.nodes.map((node) => `- [ ] ${markdownText(node)}`),
        ]
      : []),
    ...block.steps.flatMap((step) => ['', ...stepLines(step, many)]),
  ]
}

function stepLines(step: PlannedStep, many: boolean): string[] {
  const commands = commandLines(step).flatMap(({ on, lines }) => [
    '',
    `  ${on === 'node' ? `On ${step.node === 'NODE' ? 'the node' : markdownText(step.node)}, as root:` : 'Where your kubeconfig is:'}`,
    '',
    ...codeBlock(lines, 'sh').map((line) => `  ${line}`),
  ])
  return [
    `- ${many ? '' : '[ ] '}**${markdownText(step.title)}**`,
    ...(step.pointOfNoReturn === undefined
      ? []
      : ['', `  **Point of no return:** ${codeSpans(step.pointOfNoReturn)}.`]),
    '',
    `  Before: ${codeSpans(step.precondition)}.`,
    ...commands,
    '',
    `  Check: ${codeSpans(step.check)}.`,
    '',
    `  Way back: ${codeSpans(step.back)}.`,
  ]
}
