import type { Said, SystemdMachine } from './machine.js'
import type { Rows } from './rows.js'

const UNIT = 'docker.service'
const CONFIG = '/etc/docker/daemon.json'
const HOOK = '/etc/systemd/system/docker.service.d/50-test.conf'
/** No limit for logs, no live-restore: both are mended without a question to anyone. */
const CONFIG_TEXT = '{\n  "bridge": "none",\n  "iptables": false,\n  "labels": ["team=build"]\n}\n'
const CHECKS = ['daemon-live-restore', 'daemon-log-driver-rotation'].flatMap((id) => ['--check', id])

/** `rampart fix --host` changes daemon.json, and has systemd restart docker.service. */
export function fixDockerRows(machine: SystemdMachine, rows: Rows): void {
  const fix = new FixRows(machine, rows)
  fix.prepare()
  fix.dryRun()
  fix.masked()
  fix.invalidAlready()
  fix.doesNotStart()
  fix.apply()
  fix.rollBack()
}

class FixRows {
  #run = ''

  constructor(
    readonly machine: SystemdMachine,
    readonly rows: Rows,
  ) {}

  #fix(...args: readonly string[]): Said {
    return this.machine.rampart('fix', '--host', ...CHECKS, '--health-timeout', '30', ...args)
  }

  #asBefore(): string {
    const { machine } = this
    const wrong = [
      machine.read(CONFIG) === CONFIG_TEXT ? '' : `daemon.json: ${machine.read(CONFIG) ?? 'gone'}`,
      this.#serves() ? '' : `dockerd does not answer:\n${machine.journal(UNIT)}`,
      machine.unit('docker.socket', 'ActiveState')['ActiveState'] === 'active'
        ? ''
        : 'docker.socket is not active',
    ]
    return wrong.filter((each) => each !== '').join('\n')
  }

  #serves(): boolean {
    return (
      this.machine.pid(UNIT) > 0 &&
      this.machine.sh("docker version --format '{{.Server.Version}}'").code === 0
    )
  }

  #liveRestore(): string {
    return this.machine.sh("docker info --format '{{.LiveRestoreEnabled}}'").out.trim()
  }

  prepare(): void {
    const { machine } = this
    machine.must('rm -rf /etc/systemd/system/docker.service.d && systemctl daemon-reload')
    machine.write(CONFIG, CONFIG_TEXT)
    machine.must(`systemctl reset-failed ${UNIT}; systemctl restart ${UNIT}`)
  }

  dryRun(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const said = this.#fix()
    rows.row(
      'the plan shows the difference and the restart, and changes nothing',
      said.code === 0 &&
        said.out.includes('+  "live-restore": true') &&
        said.out.includes('systemctl restart docker') &&
        machine.pid(UNIT) === pid &&
        this.#asBefore() === '',
      said.out + said.err + this.#asBefore(),
    )
  }

  masked(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    machine.must(`systemctl mask ${UNIT}`)
    const said = this.#fix('--apply')
    machine.must(`systemctl unmask ${UNIT}`)
    rows.row(
      'a unit that is masked: exit 2, and nothing is changed',
      said.code === 2 &&
        said.err.includes('is masked') &&
        machine.pid(UNIT) === pid &&
        this.#asBefore() === '',
      said.out + said.err + this.#asBefore(),
    )
  }

  /** Somebody edited the file since the last start: a restart, and no less one of the old file, would end Docker. */
  invalidAlready(): void {
    const { machine, rows } = this
    if (!machine.run(['dockerd', '--help']).out.includes('--validate')) return
    const pid = machine.pid(UNIT)
    machine.write(CONFIG, CONFIG_TEXT.replace('"team=build"', '"team=build", "team=other"'))
    const said = this.#fix('--apply')
    machine.write(CONFIG, CONFIG_TEXT)
    rows.row(
      'a file that dockerd would not start with anyhow: exit 4, and dockerd is left running',
      said.code === 4 && said.out.concat(said.err).includes('was not restarted') && machine.pid(UNIT) === pid,
      said.out + said.err,
    )
  }

  /** systemd tries until it gives up; the old file alone does not bring the unit back then. */
  doesNotStart(): void {
    const { machine, rows } = this
    machine.write('/root/check.sh', `#!/bin/sh\n! grep -q live-restore ${CONFIG}\n`)
    machine.write(HOOK, '[Service]\nExecStartPre=/bin/sh /root/check.sh\n')
    machine.must('systemctl daemon-reload')
    const said = this.#fix('--apply')
    machine.must(`rm ${HOOK} && systemctl daemon-reload`)
    rows.row('a daemon that does not come up: exit 4', said.code === 4, said.out + said.err)
    rows.row('and the old one runs again, with the old file', this.#asBefore() === '', this.#asBefore())
  }

  apply(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const said = this.#fix('--apply')
    this.#run = /fix rollback (\S+?)`/.exec(said.out + said.err)?.[1] ?? ''
    rows.row('fix --apply ends well', said.code === 0 && this.#run !== '', said.out + said.err)
    rows.row(
      'a new dockerd runs, with the new settings',
      this.#serves() && machine.pid(UNIT) !== pid && this.#liveRestore() === 'true',
      this.#liveRestore(),
    )
    const again = this.#fix()
    rows.row('there is nothing left to mend', again.code === 0 && !again.out.includes('@@'), again.out)
  }

  rollBack(): void {
    const { machine, rows } = this
    const pid = machine.pid(UNIT)
    const said = machine.rampart('fix', 'rollback', this.#run)
    rows.row('fix rollback ends well', said.code === 0, said.out + said.err)
    rows.row(
      'a new dockerd runs with the old settings',
      this.#asBefore() === '' && machine.pid(UNIT) !== pid && this.#liveRestore() === 'false',
      this.#asBefore(),
    )
  }
}
