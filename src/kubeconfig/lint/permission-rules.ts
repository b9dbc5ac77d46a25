import type { LintFile } from './lint-file.js'

/** Files with credentials that others of this machine can read or change. */
export function lintPermissions(file: LintFile): void {
  const { world, report } = file
  const holds = file.users.some(
    ({ entry }) => entry.token || entry.password || entry.clientKeyData.length > 0,
  )
  const own = world.facts(file.resolve(file.file)) ?? world.facts(file.file)
  if (own?.isRegular === true) judge(file, { name: file.file, subject: '', path: [] }, own.mode, holds)
  for (const { name, path, entry } of file.users) {
    for (const [key, value] of [
      ['client-key', entry.clientKey],
      ['tokenFile', entry.tokenFile],
    ] as const) {
      const place = file.resolve(value)
      const facts = value === '' ? undefined : world.facts(place)
      if (facts !== undefined)
        judge(file, { name: place, subject: `user ${name}`, path: [...path, key] }, facts.mode, true)
      else if (value !== '')
        report(
          {
            rule: 'missing-file',
            level: 'error',
            subject: `user ${name}`,
            message: `${key} \`${place}\` is not there`,
            fix: 'give the right path; it counts from the folder of this file',
          },
          [...path, key],
        )
    }
  }
}

function judge(
  { report }: LintFile,
  where: { readonly name: string; readonly subject: string; readonly path: readonly (string | number)[] },
  mode: number,
  secret: boolean,
): void {
  const open = mode & 0o077
  const written = (open & 0o022) !== 0
  if (!written && !(secret && open !== 0)) return
  const octal = `0${(mode & 0o777).toString(8)}`
  const what = written
    ? 'others can write it, and so choose which server and which program are used'
    : 'others on this machine can read the credentials in it'
  report(
    {
      rule: 'open-permissions',
      level: 'error',
      subject: where.subject,
      message: `\`${where.name}\` has mode ${octal}: ${what}`,
      fix: `chmod 600 ${where.name}`,
    },
    where.path,
  )
}
