import { unknown, type Command } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

const RESTART = {
  ...advice(
    'Look at the difference; if the files are right, restart the kubelet so that they come into force.',
  ),
  commands: ['systemctl daemon-reload', 'systemctl restart kubelet'],
  risk: 'restart' as const,
  restart: 'kubelet',
}

export const kubeletConfigDrift = defineCheck({
  id: 'kubelet-config-drift',
  title: 'The running kubelet does not match its files',
  severity: 'medium',
  because: 'what the files say is not in force, or will change at the next restart',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A kubelet reads its files once. A hardening written after its start protects nothing until it is restarted.',
  references: [kubernetesDocs('tasks/administer-cluster/kubelet-config-file/')],
  evaluate(kubelet, report) {
    const { command, machine } = kubelet
    if (command === undefined || machine === undefined || command.source !== 'process') {
      report.unknown(
        unknown('no-source', 'no running kubelet was seen, so its files cannot be compared with it'),
      )
      return
    }
    for (const path of kubelet.config.settings.flatMap((setting) => setting.source.file ?? [])) {
      const file = machine.files.get(path)
      if (file?.modified === undefined || command.started === undefined || file.modified <= command.started)
        continue
      report.fail(
        {
          origin: { kind: 'file', host: machine.name, file: path, line: 1 },
          message: `\`${path}\` was changed after the kubelet started`,
        },
        { message: 'files were changed after the kubelet started', fix: RESTART },
      )
    }
    const unit = machine.commands.find((each) => each.component === 'kubelet' && each.source === 'unit')
    if (unit === undefined || unit.unresolved !== undefined || sameArguments(unit, command)) return
    report.fail(
      {
        origin: {
          kind: 'process',
          host: machine.name,
          component: 'kubelet',
          argIndex: 0,
          argument: '',
          ...(command.pid === undefined ? {} : { pid: command.pid }),
        },
        key: 'arguments',
        message: `${command.described} was started with other arguments than ${unit.described} gives`,
      },
      { message: 'the unit would start the kubelet with other arguments', fix: RESTART },
    )
  },
  examples: {
    bad: {
      hosts: {
        'node-1': {
          files: {
            '/etc/systemd/system/kubelet.service':
              '[Service]\nExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml\n',
          },
          processes: ['/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --anonymous-auth=true'],
        },
      },
    },
    good: {
      hosts: {
        'node-1': {
          files: {
            '/etc/systemd/system/kubelet.service':
              '[Service]\nExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml\n',
          },
          processes: ['/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml'],
        },
      },
    },
  },
})

function sameArguments(a: Command, b: Command): boolean {
  const words = (command: Command): string => command.args.map((argument) => argument.value).join('\0')
  return words(a) === words(b)
}
