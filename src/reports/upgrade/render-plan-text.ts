import { visible, visibleLine } from '../../text/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { blockTitle, commandLines, nodeList, planSections, roadLines } from './plan-sections.js'

/** The plan for a terminal: every step with its commands, its check and the way back. */
export function renderPlanText(plan: UpgradePlan): string {
  const lines: string[] = [
    `${plan.cluster.name}: ${plan.from} to ${plan.to}`,
    `${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'}, ${plan.steps.length} steps; data of ${plan.dataDate}; cluster ${plan.cluster.fingerprint.slice(0, 12)}`,
    '',
  ]
  if (plan.steps.length === 0) {
    lines.push(`Everything is ${plan.to} already: nothing to do.`)
    return `${lines.map(visible).join('\n')}\n`
  }
  lines.push(
    'The road',
    ...roadLines(plan).map((line) => `  ${line}`),
    '',
    'Good to know',
    ...plan.notes.map((note) => `  - ${note}`),
  )
  for (const section of planSections(plan)) {
    lines.push('', section.title)
    for (const block of section.blocks) {
      lines.push('', `  ${blockTitle(block)}`)
      if (block.nodes.length > 1) lines.push(`  NODE is each of ${nodeList(block.nodes)}`)
      for (const step of block.steps) {
        lines.push(`    ${step.id}`, `      ${step.title}`)
        for (const { on, lines: commands } of commandLines(step)) {
          const prompt = on === 'node' ? `${step.node === '' ? '' : step.node}#` : '$'
          for (const command of commands) lines.push(`        ${prompt} ${command}`)
        }
        lines.push(
          `      before  ${step.precondition}`,
          `      check   ${step.check}`,
          `      back    ${step.back}`,
        )
        if (step.pointOfNoReturn !== undefined) lines.push(`      NO RETURN: ${step.pointOfNoReturn}`)
      }
    }
  }
  return `${lines.map(visibleLine).join('\n')}\n`
}
