import { posix } from 'node:path'
import type { Command } from '../../model/index.js'
import { readAdmissionConfiguration } from '../../kube/index.js'
import type { PathReference } from './references.js'

const FLAG = 'admission-control-config-file'

/**
 * Files that the API server's admission configuration names for its plug-ins, as that process sees them; `textOf` gives
 * the text behind a path of that process. A path may be relative to the configuration's folder.
 * Source: k8s.io/apiserver v0.36.3 pkg/admission/config.go, ReadAdmissionConfiguration.
 */
export function admissionReferences(
  command: Command,
  textOf: (path: string) => string | undefined,
): PathReference[] {
  const given = command.component === 'kube-apiserver' ? lastValue(command, FLAG) : undefined
  if (given === undefined || given === '') return []
  const path = posix.resolve(command.workingDirectory ?? '/', given)
  const text = textOf(path)
  const config = text === undefined ? undefined : readAdmissionConfiguration(text).value
  return (config?.plugins ?? [])
    .filter((plugin) => plugin.path !== '' && plugin.path.length < 4096)
    .map((plugin) => ({ path: posix.resolve(posix.dirname(path), plugin.path), how: 'text' }))
}

function lastValue({ args }: Command, flag: string): string | undefined {
  let last: string | undefined
  args.forEach(({ value }, index) => {
    if (value === `--${flag}`) last = args[index + 1]?.value
    else if (value.startsWith(`--${flag}=`)) last = value.slice(flag.length + 3)
  })
  return last
}
