import { join } from 'node:path'
import { shellWord } from '../../../kube/index.js'
import { RampartError } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import { jobState, lastLine, localHost, runHostJob } from '../host/index.js'
import type { UpgradeContext } from '../upgrade-context.js'
import { commandText } from './host-script.js'

/**
 * Runs the commands of a step that belong here, where Rampart runs, each once: one that ended well is left alone, and one
 * that still runs is waited for, also by another process than the one that began it.
 */
export async function runHere(
  planned: PlannedStep,
  context: UpgradeContext,
  within: number,
  signal?: AbortSignal,
): Promise<void> {
  for (const [index, command] of planned.commands.entries()) {
    if (command.on !== 'here' || !('run' in command)) continue
    const text = commandText(command)
    const folder = join(context.hereFolder, `${planned.id.replace(/[^\w.-]+/g, '_')}.${index}`)
    const place = { transport: localHost(), folder }
    const before = await jobState(place)
    if (before.kind === 'ended' && before.status === 0) continue
    context.waiting(planned, `\`${text}\``)
    const state = await runHostJob({
      ...place,
      script: `export RAMPART_NODE=${shellWord(planned.node)} RAMPART_VERSION=${shellWord(planned.version)}\n${text}`,
      timeoutMs: within,
      waiting: (line) => context.waiting(planned, `\`${text}\`: ${line}`),
      ...(signal === undefined ? {} : { signal }),
    })
    if (state.kind === 'ended' && state.status === 0) continue
    const how = state.kind === 'cut' ? 'was cut off' : `ended with status ${state.status}`
    throw new RampartError(
      'unreachable',
      `\`${text}\` ${how}: ${lastLine(state.output)} (all of it: ${folder}/${state.attempt}/out)`,
    )
  }
}
