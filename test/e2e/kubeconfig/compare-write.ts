import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { ask, errorOf, inFolder, show } from './compare-view.js'
import type { WriteCase } from './write-cases.js'

const FILES = ['a', 'b', 'sub/b', '.kube/config']

/** How the two leave the files, or undefined where kubectl sees the same in each of them, and the modes are equal. */
export function writeDifference(
  each: WriteCase,
  kubectl: readonly string[],
  rampart: readonly string[],
): string | undefined {
  const after = (command: readonly string[]): string =>
    inFolder(each.files ?? {}, (folder) => {
      const env: Record<string, string> = each.env === undefined ? {} : { KUBECONFIG: each.env }
      const answer = ask(command, folder, env)
      const files = FILES.map((file) => describeFile(path.join(folder, file), kubectl, folder))
      const said = answer.ok ? answer.out : firstLine(errorOf(answer, {}))
      const locks = FILES.filter((file) => existsSync(path.join(folder, `${file}.lock`)))
      return [said.replaceAll(folder, '~'), ...files, ...locks].join('\n').replaceAll(folder, '~')
    })
  const theirs = after([...kubectl, 'config', ...each.kubectl])
  const ours = after([...rampart, 'kubeconfig', ...(each.rampart ?? each.kubectl)])
  return theirs === ours ? undefined : `kubectl: ${theirs}\nrampart: ${ours}`
}

/** kubectl shows its help behind some errors, Rampart what may have been meant. */
function firstLine(error: string): string {
  return (error.split('\n').find((line) => line !== '' && !line.startsWith('See ')) ?? '').replace(
    /; did you mean.*$/,
    '',
  )
}

function describeFile(file: string, kubectl: readonly string[], folder: string): string {
  if (!existsSync(file)) return `${path.basename(file)}: none`
  const seen = ask([...kubectl, 'config', 'view', '--raw', '-o', 'json', '--kubeconfig', file], folder)
  const mode = (statSync(file).mode & 0o777).toString(8)
  return `${path.basename(file)}: ${mode}\n${show(seen)}`
}
