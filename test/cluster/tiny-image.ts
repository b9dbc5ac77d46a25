import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Images that every test cluster with a kubelet has; there is no registry to pull others from. */
export const IMAGES = { busybox: 'rampart.test/busybox:1', pause: 'rampart.test/pause:1' } as const

/** Sleeps until it is told to end: the first process of a container gets no signal that it does not ask for. */
const PAUSE = ['sh', '-c', "trap 'exit 0' TERM INT; sleep 2147483647 & wait"]
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/**
 * Makes an archive of both images, as `docker save` writes it, from the static busybox of this machine, and gives its
 * path: one layer, two configurations.
 */
export function makeImages(folder: string, busybox: string): string {
  const root = path.join(folder, 'rootfs')
  for (const name of ['bin', 'etc', 'tmp']) mkdirSync(path.join(root, name), { recursive: true, mode: 0o755 })
  copyFileSync(busybox, path.join(root, 'bin', 'busybox'))
  for (const name of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    if (name !== 'busybox') symlinkSync('busybox', path.join(root, 'bin', name))
  writeFileSync(
    path.join(root, 'etc', 'passwd'),
    'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  )
  const pack = (archive: string, from: string, ...names: string[]): string => {
    execFileSync('tar', ['--owner=0', '--group=0', '-cf', archive, '-C', from, ...names])
    return archive
  }
  const archive = path.join(folder, 'archive')
  mkdirSync(archive, { recursive: true })
  const layer = pack(path.join(archive, 'layer.tar'), root, '.')
  const digest = createHash('sha256').update(readFileSync(layer)).digest('hex')
  const manifest = Object.entries(IMAGES).map(([name, tag]) => {
    const config = {
      architecture: ARCHITECTURES[process.arch] ?? process.arch,
      os: 'linux',
      config: { Env: ['PATH=/bin'], Cmd: name === 'pause' ? PAUSE : ['sh'], WorkingDir: '/' },
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
      history: [{ created: '1970-01-01T00:00:00Z' }],
    }
    writeFileSync(path.join(archive, `${name}.json`), JSON.stringify(config))
    return { Config: `${name}.json`, RepoTags: [tag], Layers: ['layer.tar'] }
  })
  writeFileSync(path.join(archive, 'manifest.json'), JSON.stringify(manifest))
  const files = [...Object.keys(IMAGES).map((name) => `${name}.json`), 'layer.tar', 'manifest.json']
  return pack(path.join(folder, 'images.tar'), archive, ...files)
}
