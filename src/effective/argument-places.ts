import type { Argument, Command, EffectiveConfig, Origin } from '../model/index.js'

/** How sure a source of a command line is of it, from most to least. */
const ORDER: readonly Command['source'][] = ['process', 'ps', 'unit', 'static-pod', 'args-file', 'mirror-pod']

/** Commands with the surest source first; the order of others of one source is kept. */
export function surestFirst(commands: readonly Command[]): Command[] {
  return [...commands].sort((left, right) => ORDER.indexOf(left.source) - ORDER.indexOf(right.source))
}

/** A running process does not say which file an argument came from: the unit or environment file with the same word does. */
export function argumentsWithPlaces(
  args: readonly Argument[],
  others: readonly Command[],
): readonly Argument[] {
  const free = new Map<string, Argument[]>()
  for (const argument of others.flatMap((command) => [...command.args].reverse())) {
    if (argument.file === undefined) continue
    const same = free.get(argument.value)
    if (same === undefined) free.set(argument.value, [argument])
    else same.push(argument)
  }
  return args.map((argument) =>
    argument.file === undefined ? (free.get(argument.value)?.pop() ?? argument) : argument,
  )
}

/** What a command line that was seen leaves open: it was cut, or holds a variable that nobody sets. */
export function gapsOf(command: Command): EffectiveConfig['gaps'] {
  const gaps: EffectiveConfig['gaps'][number][] = []
  if (command.cut === true) {
    gaps.push({
      reason: 'no-source',
      detail: `${command.described} was cut short, later arguments are missing`,
    })
  }
  const variable = command.unresolved?.[0]
  if (variable !== undefined) {
    const detail = `${command.described} uses \`${variable}\`, whose value was not found`
    gaps.push({ reason: 'unresolved-variable', detail })
  }
  return gaps
}

/** The origin of one argument of a component's command line. */
export function originOfArgument(
  where: { readonly host: string; readonly component: string; readonly pid?: number | undefined },
  args: readonly Argument[],
  argIndex: number,
): Origin {
  const argument = args[argIndex]
  const place = argument?.file === undefined ? undefined : placeOf(argument, argument.file, where.host)
  return {
    kind: 'process',
    host: where.host,
    component: where.component,
    argIndex,
    argument: argument?.value ?? '',
    ...(where.pid === undefined ? {} : { pid: where.pid }),
    ...(place === undefined ? {} : { place }),
  }
}

function placeOf(argument: Argument, file: string, host: string) {
  return {
    file,
    host,
    ...(argument.line === undefined ? {} : { line: argument.line }),
    ...(argument.column === undefined ? {} : { column: argument.column }),
  }
}
