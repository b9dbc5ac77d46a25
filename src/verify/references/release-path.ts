/** What the path of a published file says: `v1.36.2/bin/linux/amd64/kubelet` and what is like it. */
export interface ReleasePath {
  readonly name: string
  readonly version?: string
  readonly os?: string
  readonly architecture?: string
}

const ARCHITECTURE = /^(?:amd64|arm64|arm|386|ppc64le|s390x|riscv64)$/
const SYSTEM = /^(?:linux|darwin|windows)$/
const RELEASE = /^v\d{1,3}\.\d{1,4}\.\d{1,4}(?:[-+][\w.+-]{1,60})?$/

/** Reads a path of dl.k8s.io, of a release's SBOM, or a bare name. */
export function releasePath(path: string): ReleasePath {
  const steps = path.split(/[\\/]/).filter((step) => step !== '' && step !== '.')
  const name = steps.at(-1) ?? ''
  const folders = steps.slice(0, -1)
  const archive = /^kubernetes-(?:client|server|node|test)-(\w+)-(\w+)\.(?:tar\.gz|zip)$/.exec(name)
  const version = folders.find((step) => RELEASE.test(step))
  const os = folders.find((step) => SYSTEM.test(step)) ?? archive?.[1]
  const architecture = folders.find((step) => ARCHITECTURE.test(step)) ?? archive?.[2]
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(os === undefined ? {} : { os }),
    ...(architecture === undefined ? {} : { architecture }),
  }
}
