import type { Said, SystemdMachine } from './machine.js'
import type { Rows } from './rows.js'

const UNIT = 'docker.service'
const CONFIG = '/etc/docker/daemon.json'
const DROP_IN = '/etc/systemd/system/docker.service.d/zz-rampart-tls.conf'
const PASSPHRASE = ['--ca-passphrase', 'env:CA_PASSPHRASE']
/** No bridge and no firewall rules: the machine's kernel is another's. */
const CONFIG_TEXT = '{\n  "bridge": "none",\n  "iptables": false,\n  "labels": ["team=build"]\n}\n'

/**
 * `rampart docker ...` on a machine where systemd starts Debian's dockerd with `-H fd://` and a socket unit. `brief` leaves
 * out what does not hang on the release.
 */
export async function dockerTlsRows(
  machine: SystemdMachine,
  rows: Rows,
  { brief }: { readonly brief: boolean },
): Promise<void> {
  const docker = new DockerRows(machine, rows)
  docker.prepare()
  docker.dryRun()
  if (!brief) docker.noUnit()
  docker.maskedUnit(brief ? [''] : ['', '--runtime '])
  docker.portTaken()
  docker.invalidSettings()
  docker.setUp()
  docker.startedBySocket()
  docker.rotated()
  docker.refusedCertificate()
  if (!brief) docker.brokenUnit()
  if (!brief) await docker.killed()
  docker.revoked()
}

class DockerRows {
  readonly #validates: boolean

  constructor(
    readonly machine: SystemdMachine,
    readonly rows: Rows,
  ) {
    this.#validates = machine.run(['dockerd', '--help']).out.includes('--validate')
  }

  #setUp(...args: readonly string[]): Said {
    const usual = ['--address', '127.0.0.1', '--client', 'alice', '--client-dir', '/root/alice']
    return this.machine.rampart('docker', 'setup-tls', ...usual, '--wait', '30s', ...args)
  }

  #rotate(...args: readonly string[]): Said {
    return this.machine.rampart('docker', 'rotate', '--wait', '30s', ...PASSPHRASE, ...args)
  }

  /** Whether docker works from files of a client. */
  #answers(folder: string): boolean {
    const env = `DOCKER_HOST=tcp://127.0.0.1:2376 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${folder}`
    return this.machine.sh(`${env} docker version --format '{{.Server.Version}}'`).code === 0
  }

  #answersLocally(): boolean {
    return this.machine.sh("docker version --format '{{.Server.Version}}'").code === 0
  }

  #served(): string {
    return this.machine.read('/etc/docker/tls/server-cert.pem') ?? ''
  }

  /** Nothing of ours is there, and the daemon runs as systemd was told before. */
  #asBefore(pid?: number): string {
    const { machine } = this
    const wrong = [
      machine.read(CONFIG) === CONFIG_TEXT ? '' : `daemon.json: ${machine.read(CONFIG) ?? 'gone'}`,
      machine.read(DROP_IN) === undefined ? '' : 'the drop-in is there',
      machine.sh('ls -d /etc/docker/tls /root/alice /var/lib/rampart/docker-tls').out.trim(),
      pid === undefined || machine.pid(UNIT) === pid ? '' : 'another process runs',
      machine.pid(UNIT) > 0 && this.#answersLocally()
        ? ''
        : `dockerd does not answer:\n${machine.journal(UNIT)}`,
      machine.commandLine(UNIT).includes('2376') ? 'dockerd has our address' : '',
      machine.unit(UNIT, 'NeedDaemonReload')['NeedDaemonReload'] === 'no'
        ? ''
        : 'systemd was not told of the unit',
    ]
    return wrong.filter((each) => each !== '').join('\n')
  }

  prepare(): void {
    const { machine, rows } = this
    machine.write(CONFIG, CONFIG_TEXT)
    machine.must(`systemctl restart ${UNIT}`)
    const line = machine.commandLine(UNIT)
    rows.row(
      'dockerd runs by docker.service and docker.socket, with -H fd://',
      machine.pid(UNIT) > 0 &&
        line.includes('-H fd://') &&
        machine.unit('docker.socket', 'ActiveState')['ActiveState'] === 'active' &&
        this.#answersLocally(),
      `${line}\n${machine.journal(UNIT)}`,
    )
  }

  dryRun(): void {
    const pid = this.machine.pid(UNIT)
    const said = this.#setUp()
    this.rows.row(
      'without --apply the differences of daemon.json and of the drop-in are shown',
      said.code === 0 &&
        said.out.includes('+   "tlsverify": true') &&
        said.out.includes('-H fd://') &&
        said.out.includes('-H tcp://127.0.0.1:2376') &&
        said.out.includes('zz-rampart-tls.conf'),
      said.out + said.err,
    )
    this.rows.row(
      this.#validates
        ? 'the plan has dockerd check its settings'
        : 'this dockerd has no --validate, and the plan none',
      said.out.includes('--validate') === this.#validates,
      said.out,
    )
    this.rows.row('without --apply nothing is changed', this.#asBefore(pid) === '', this.#asBefore(pid))
  }

  noUnit(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const file = machine.must(`systemctl show --value --property=FragmentPath ${UNIT}`)
    machine.must(`mv ${file} /root/kept.service && systemctl daemon-reload`)
    const said = this.#setUp('--apply')
    machine.must(`mv /root/kept.service ${file} && systemctl daemon-reload`)
    rows.row(
      'a dockerd that no unit starts is refused',
      said.code === 3 && said.err.includes('no systemd unit starts dockerd'),
      said.out + said.err,
    )
    rows.row('and nothing is changed', this.#asBefore(pid) === '', this.#asBefore(pid))
  }

  maskedUnit(ways: readonly string[]): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    for (const how of ways) {
      machine.must(`systemctl mask ${how}${UNIT}`)
      const said = this.#setUp('--apply')
      machine.must(`systemctl unmask ${how}${UNIT}`)
      rows.row(
        `a unit that is masked (systemctl mask ${how}...) is refused`,
        said.code === 3 && said.err.includes('is masked'),
        said.out + said.err,
      )
      rows.row('and nothing is changed', this.#asBefore(pid) === '', this.#asBefore(pid))
    }
  }

  /** dockerd ends at once, systemd starts it again until it gives up, and then refuses to start it at all. */
  portTaken(): void {
    const { machine, rows } = this
    machine.write(
      '/root/squatter.js',
      "require('node:net').createServer((socket) => socket.destroy()).listen(2376, '127.0.0.1')\n",
    )
    machine.must('systemd-run --quiet --unit=squatter /usr/local/bin/node /root/squatter.js')
    const said = this.machine.rampart(
      ...[
        'docker',
        'setup-tls',
        '--address',
        '127.0.0.1',
        '--client',
        'alice',
        '--client-dir',
        '/root/alice',
      ],
      ...['--wait', '10s', '--apply'],
    )
    machine.must('systemctl stop squatter')
    rows.row(
      'another program has the port: exit 4, and everything is put back',
      said.code === 4 && said.err.includes('Everything is as it was'),
      said.out + said.err,
    )
    rows.row('the old daemon runs again by its unit', this.#asBefore() === '', this.#asBefore())
  }

  /** What dockerd itself refuses: found before the restart where it checks its settings, after it where it cannot. */
  invalidSettings(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const broken = CONFIG_TEXT.replace('"team=build"', '"team=build", "team=other"')
    machine.write(CONFIG, broken)
    const said = this.#setUp('--wait', '10s', '--apply')
    const left = machine.read(CONFIG)
    const after = machine.pid(UNIT)
    machine.write(CONFIG, CONFIG_TEXT)
    rows.row(
      'settings that dockerd refuses: nothing is left of ours',
      left === broken && said.code !== 0 && machine.read(DROP_IN) === undefined,
      said.out + said.err,
    )
    if (this.#validates)
      rows.row(
        '--validate finds them: dockerd was not restarted',
        said.code === 4 && said.err.includes('refuses the new configuration') && after === pid,
        said.out + said.err,
      )
    machine.sh(`systemctl reset-failed ${UNIT}; systemctl start ${UNIT}`)
  }

  setUp(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const said = this.#setUp(...PASSPHRASE, '--apply')
    rows.row('setup-tls --apply ends well', said.code === 0, said.out + said.err)
    rows.row(
      'six of six probes are as expected',
      said.out.includes('docker: mutual TLS, 6 of 6 probes as expected'),
      said.out,
    )
    const line = machine.commandLine(UNIT)
    rows.row(
      'systemd runs a new dockerd, with its socket and the new address',
      machine.pid(UNIT) > 0 &&
        machine.pid(UNIT) !== pid &&
        line.includes('-H fd://') &&
        line.includes('-H tcp://127.0.0.1:2376') &&
        machine.unit('docker.socket', 'ActiveState')['ActiveState'] === 'active',
      line,
    )
    rows.row('docker on this machine goes on by the socket', this.#answersLocally())
    rows.row('docker with the certificate works', this.#answers('/root/alice'))
    const none = machine.sh('docker --tls --tlscacert /root/alice/ca.pem -H tcp://127.0.0.1:2376 version')
    rows.row('docker without one does not', none.code !== 0, none.out)
    rows.row(
      'systemd has nothing left to be told',
      machine.unit(UNIT, 'NeedDaemonReload')['NeedDaemonReload'] === 'no',
    )
    const config = JSON.parse(machine.read(CONFIG) ?? '{}') as Record<string, unknown>
    rows.row(
      'daemon.json keeps what others wrote, and has no hosts beside -H',
      JSON.stringify(config['labels']) === '["team=build"]' && config['hosts'] === undefined,
      JSON.stringify(config),
    )
  }

  /** As after a boot: the socket is there first, and its first caller starts dockerd. */
  startedBySocket(): void {
    const { machine, rows } = this
    machine.must(
      `systemctl stop docker.socket ${UNIT} && systemctl reset-failed ${UNIT} && systemctl start docker.socket`,
    )
    const before = machine.pid(UNIT)
    rows.row(
      'started by its socket, dockerd asks for certificates all the same',
      before === 0 && this.#answersLocally() && this.#answers('/root/alice'),
      machine.journal(UNIT),
    )
  }

  rotated(): void {
    const { machine, rows } = this
    const [cert, pid] = [this.#served(), machine.pid(UNIT)]
    const said = this.#rotate('--apply')
    rows.row(
      'rotate --apply restarts the unit with the new certificate',
      said.code === 0 && this.#served() !== cert && machine.pid(UNIT) > 0 && machine.pid(UNIT) !== pid,
      said.out + said.err,
    )
    // Debian's unit lets systemd start it three times a minute.
    const more = [1, 2].map(() => this.#rotate('--apply'))
    rows.row(
      'and again, more often than systemd starts a unit a minute',
      more.every(({ code }) => code === 0) && this.#answers('/root/alice'),
      more.map(({ out, err }) => out + err).join('\n'),
    )
  }

  /** A unit that starts with the certificate of before alone. */
  refusedCertificate(): void {
    const { machine, rows } = this
    const cert = this.#served()
    machine.must('cp /etc/docker/tls/server-cert.pem /root/old-cert.pem')
    this.#startsWhen('/usr/bin/cmp /root/old-cert.pem /etc/docker/tls/server-cert.pem')
    const said = this.#rotate('--wait', '10s', '--apply')
    rows.row(
      'a daemon that does not start with the new certificate: exit 4, put back',
      said.code === 4 && said.err.includes('Everything is as it was') && this.#served() === cert,
      said.out + said.err,
    )
    rows.row(
      'and it runs again with the old one',
      machine.pid(UNIT) > 0 && this.#answers('/root/alice'),
      machine.journal(UNIT),
    )
    this.#startsWhen(undefined)
  }

  /** Whatever the files say, this unit does not start any more: nothing can be put right again, and that is said. */
  brokenUnit(): void {
    const { machine, rows } = this
    const cert = this.#served()
    this.#startsWhen('/bin/false')
    const said = this.#rotate('--wait', '5s', '--apply')
    rows.row(
      'a unit that does not start at all: exit 5, the files are as they were, and that is said',
      said.code === 5 && this.#served() === cert && said.err.includes('does not answer'),
      said.out + said.err,
    )
    this.#startsWhen(undefined)
    machine.must(`systemctl reset-failed ${UNIT}; systemctl restart ${UNIT}`)
    rows.row('mended by hand, it runs as before', this.#answers('/root/alice'), machine.journal(UNIT))
  }

  #startsWhen(command: string | undefined): void {
    const file = '/etc/systemd/system/docker.service.d/50-test.conf'
    if (command === undefined) this.machine.must(`rm ${file}`)
    else this.machine.write(file, `[Service]\nExecStartPre=${command}\n`)
    this.machine.must('systemctl daemon-reload')
  }

  async killed(): Promise<void> {
    const { machine, rows } = this
    const cert = this.#served()
    await machine.killedAt("done: Write dockerd's certificate", 'docker', 'rotate', ...PASSPHRASE, '--apply')
    const half = this.#served() !== cert
    const said = this.#rotate('--apply')
    rows.row(
      'a rotate that was killed in its midst is put back by the next one',
      half && said.code === 0 && said.err.includes('put back') && this.#answers('/root/alice'),
      said.out + said.err,
    )
  }

  revoked(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const bob = machine.rampart(
      ...['docker', 'add-client', 'bob', '--client-dir', '/root/bob', ...PASSPHRASE, '--apply'],
    )
    rows.row(
      'add-client restarts nothing',
      bob.code === 0 && machine.pid(UNIT) === pid && this.#answers('/root/bob'),
      bob.out + bob.err,
    )
    machine.must('cp -r /root/bob /root/bob-before')
    const said = machine.rampart('docker', 'revoke', 'bob', '--wait', '30s', ...PASSPHRASE, '--apply')
    rows.row(
      'revoke --apply restarts the unit: bob is refused, alice goes on',
      said.code === 0 &&
        !this.#answers('/root/bob-before') &&
        this.#answers('/root/alice') &&
        machine.pid(UNIT) !== pid,
      said.out + said.err,
    )
  }
}
