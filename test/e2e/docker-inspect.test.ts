import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/index.js'
import { checks } from '../../src/checks/index.js'
import { readEstate } from '../../src/sources/index.js'
import { DockerdBench, realDockerdVersion } from './real-dockerd.js'

function hasDocker(): boolean {
  try {
    execFileSync('docker', ['--version'], { stdio: 'ignore' })
    return realDockerdVersion() !== undefined
  } catch {
    return false
  }
}

const present = hasDocker()
if (!present)
  console.warn('docker-inspect.test.ts is skipped: no docker and dockerd here (apt-get install docker.io)')

/** Containers that are made and never started, and the checks that each has to fail. */
const CONTAINERS: readonly {
  readonly name: string
  readonly args: readonly string[]
  readonly fails: readonly string[]
}[] = [
  {
    name: 'worst',
    args: [
      ...['--privileged', '--pid', 'host', '--ipc', 'host', '--network', 'host', '--uts', 'host'],
      ...[
        '-v',
        '/var/run/docker.sock:/var/run/docker.sock:ro',
        '-v',
        '/etc:/host-etc',
        '-v',
        '/srv:/srv:rshared',
      ],
      ...['-e', 'DB_PASSWORD=correct-horse-battery', '--restart', 'always'],
    ],
    fails: [
      'container-privileged',
      'container-host-pid',
      'container-host-ipc',
      'container-host-net',
      'container-host-uts',
      'container-docker-socket',
      'container-sensitive-mounts',
      'container-mount-propagation',
      'container-env-secrets',
      'container-restart-always',
      'container-root-user',
      'container-image-latest',
      'container-no-memory-limit',
      'container-no-pids-limit',
      'container-no-cpu-limit',
      'container-no-healthcheck',
      'container-writable-rootfs',
    ],
  },
  {
    name: 'options',
    args: [
      ...[
        '--network',
        'none',
        '--cap-add',
        'SYS_ADMIN',
        '--device',
        '/dev/fuse',
        '--user',
        '1000',
        '--read-only',
      ],
      ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'],
      ...['--security-opt', 'label=disable', '--memory', '64m', '--pids-limit', '50', '--cpus', '1'],
      ...['--health-cmd', '/bin/true'],
    ],
    fails: [
      'container-capabilities',
      'container-devices',
      'container-seccomp-unconfined',
      'container-apparmor-unconfined',
      'container-selinux-disabled',
      'container-no-new-privileges',
      'container-image-latest',
    ],
  },
]

describe.skipIf(!present)('containers of a real daemon', () => {
  const bench = new DockerdBench()
  const socket = `unix://${join(bench.folder, 'docker.sock')}`
  const docker = (...args: string[]): string =>
    execFileSync('docker', args, {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', HOME: bench.folder, DOCKER_HOST: socket },
    })

  beforeAll(async () => {
    const started = await bench.serve(['-H', socket], {})
    if (started.refused) throw new Error(started.log)
    const files = join(bench.folder, 'image')
    mkdirSync(files)
    writeFileSync(join(files, 'app'), '')
    const tar = bench.write('image.tar', '')
    execFileSync('tar', ['-C', files, '-cf', tar, '.'])
    docker('import', '--change', 'ENTRYPOINT ["/app"]', tar, 'tiny:latest')
    for (const { name, args } of CONTAINERS) docker('create', '--name', name, ...args, 'tiny')
  })
  afterAll(async () => {
    await bench.stop()
    bench.remove()
  })

  const failing = async (paths: {
    paths?: string[]
    hostRoots?: string[]
    dockerSockets?: string[]
  }): Promise<Map<string, string[]>> => {
    const estate = await readEstate(paths)
    const own = checks.filter(({ appliesTo }) => appliesTo === 'container')
    const { findings, unknowns } = runAudit(estate, { version: 'test', checks: own })
    expect(unknowns.map(({ check, message }) => `${check}: ${message}`)).toEqual([])
    const byName = new Map<string, string[]>()
    for (const { check, target } of findings) {
      if (target.kind !== 'object') continue
      byName.set(target.object.name, [...(byName.get(target.object.name) ?? []), check])
    }
    expect(JSON.stringify(findings)).not.toContain('correct-horse-battery')
    return byName
  }

  it('are judged by what docker inspect prints', async () => {
    const text =
      docker('info', '--format', '{{json .}}') + docker('inspect', ...CONTAINERS.map(({ name }) => name))
    const found = await failing({ paths: [bench.write('docker.json', text)] })
    for (const { name, fails } of CONTAINERS) expect(found.get(name)?.sort()).toEqual([...fails].sort())
  })

  it('are judged alike by the daemon itself, through its socket', async () => {
    const found = await failing({ dockerSockets: [socket] })
    for (const { name, fails } of CONTAINERS) expect(found.get(name)?.sort()).toEqual([...fails].sort())
    const estate = await readEstate({ dockerSockets: [socket] })
    expect(estate.problems).toEqual([])
    expect(JSON.stringify(estate.objects)).not.toContain('correct-horse-battery')
    const [source] = estate.sources
    expect(source).toMatchObject({ kind: 'docker', name: socket })
    const kinds = estate.objects.map(({ ref }) => ref.kind)
    // Without a bridge it has the networks host and none.
    expect(kinds.sort()).toEqual(['Container', 'Container', 'Info', 'Network', 'Network'])
    expect(new Set(estate.objects.map(({ ref }) => ref.namespace)).size).toBe(1)
  })

  it('are named in the report of the command line, without a value of theirs', () => {
    const out = execFileSync(
      process.execPath,
      ['dist/cli.js', 'audit', '--docker-socket', socket, '--no-config', '--all', '--fail-on', 'none'],
      { encoding: 'utf8' },
    )
    expect(out).toContain('docker unix://')
    expect(out).toContain('container-privileged')
    expect(out).not.toContain('correct-horse-battery')
  })

  it("are judged alike by the daemon's own files", async () => {
    const root = join(bench.folder, 'root')
    mkdirSync(join(root, 'etc'), { recursive: true })
    cpSync(join(bench.folder, 'data/containers'), join(root, 'var/lib/docker/containers'), {
      recursive: true,
    })
    const found = await failing({ hostRoots: [root] })
    for (const { name, fails } of CONTAINERS) expect(found.get(name)?.sort()).toEqual([...fails].sort())
  })
})
