import type { Command, Problem } from '../../model/index.js'
import { execLines, serviceOf } from '../../text/index.js'
import { componentOf } from './components.js'
import type { FileCollector } from './file-collector.js'
import { settingsAmong } from './processes.js'
import { variablesOf } from './service-variables.js'
import { isTemplate, partsOf, unitFolders, unitNames } from './unit-files.js'

/** The command lines that the host's systemd units would run, and the unit files themselves. */
export async function readUnits(
  collector: FileCollector,
  host: string,
  hostname: string | undefined,
): Promise<{ commands: Command[]; problems: Problem[] }> {
  const folders = await unitFolders(collector)
  const commands: Command[] = []
  const problems: Problem[] = []
  for (const unit of await unitNames(collector, folders)) {
    const parts = await partsOf(collector, folders, unit)
    if (parts === undefined || !unit.endsWith('.service') || isTemplate(unit)) continue
    const service = serviceOf(parts)
    const { variables, unseen } = await variablesOf(collector, service)
    for (const { file, place } of unseen) {
      problems.push({
        code: 'unreadable',
        level: 'warning',
        message: `an environment file of \`${unit}\` was not found: \`$VARIABLES\` that it may set are unknown`,
        place: { file, host, line: place.line, column: place.column },
      })
    }
    const lines = execLines(service.execStart, {
      variables: variables.filter(({ name }) => !service.unset.has(name)),
      variableUnknown: (name) => service.passed.has(name) || unseen.length > 0,
      unit,
      ...(hostname === undefined ? {} : { hostname }),
    })
    for (const line of lines) {
      const start = componentOf(line.executable, line.args, (argument) => argument.value)
      if (start === undefined) continue
      commands.push({
        component: start.component,
        source: 'unit',
        executable: start.executable,
        args: start.args,
        described: `unit ${unit}`,
        ...(service.workingDirectory === undefined ? {} : { workingDirectory: service.workingDirectory }),
        ...(line.unresolved.length === 0 ? {} : { unresolved: line.unresolved }),
        environment: settingsAmong(
          start.component,
          variables.map(({ name, value }) => `${name}=${value.text}`),
        ),
      })
    }
  }
  return { commands, problems }
}
