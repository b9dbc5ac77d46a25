import { InvalidArgumentError } from 'commander'

/** For `--kubernetes-version`: the minor version (36) of 1.36, v1.36 or v1.36.2. */
export function minorVersion(text: string): number {
  const [, minor] = /^v?1\.(\d{1,3})(?:\.\d{1,4})?$/.exec(text) ?? []
  if (minor === undefined) throw new InvalidArgumentError('It must be a version such as 1.36.')
  return Number(minor)
}
