import { asStrings, field, type JsonValue } from '../../model/index.js'

const SHELL = /(?:^|\/)(?:ba|da|a|z|k|c)?sh$|(?:^|[\\/])(?:cmd|powershell|pwsh)(?:\.exe)?$/i

/** What a shell of this command would run (`sh -c TEXT`), or undefined when it starts none. */
export function shellText(exec: JsonValue | undefined): string | undefined {
  const command = asStrings(field(exec, 'command'))
  const [program, ...words] = command
  if (program === undefined || !SHELL.test(program)) return undefined
  return words.filter((word) => !/^[-/]\w+$/.test(word)).join(' ')
}

/** Whether a command fetches something from the network. */
export function fetches(text: string): boolean {
  return /(?:^|[\s;&|(`/])(?:curl|wget|aria2c|nc|ncat|scp|sftp|git\s+clone|pip3?\s+install|npm\s+i(?:nstall)?|apt(?:-get)?\s+install|apk\s+add|yum\s+install|dnf\s+install|Invoke-WebRequest|iwr)(?:$|[\s;&|)])/i.test(
    text,
  )
}
