import type { EstateInput, InlineFile } from '../../model/index.js'

/** The unit that systemd opens Docker's socket by, as packages ship it. */
const SOCKET_UNIT = `[Unit]
Description=Docker Socket for the API

[Socket]
ListenStream=/run/docker.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`

/**
 * A host that runs dockerd as its package starts it, with further flags, and with the given daemon.json (none when
 * empty), for examples and tests.
 */
export function dockerdWith(
  json: string,
  flags = '',
  files: Readonly<Record<string, InlineFile>> = {},
): EstateInput {
  const command = flags.includes('-H') || json.includes('"hosts"') ? 'dockerd' : 'dockerd -H fd://'
  return {
    hosts: {
      'docker-1': {
        files: {
          '/lib/systemd/system/docker.socket': SOCKET_UNIT,
          ...(json === '' ? {} : { '/etc/docker/daemon.json': json }),
          ...files,
        },
        processes: [`/usr/bin/${command} ${flags}`.trimEnd()],
      },
    },
  }
}

/** The same host as a Node of a cluster, which names the version of dockerd. */
export function dockerdOfVersion(version: string, json = '', flags = ''): EstateInput {
  const manifests = `apiVersion: v1
kind: Node
metadata:
  name: docker-1
status:
  nodeInfo:
    containerRuntimeVersion: docker://${version}
`
  return { ...dockerdWith(json, flags), manifests }
}

/** A host of which only daemon.json was seen: flags may hold whatever the file does not. */
export function daemonJsonAlone(json: string): EstateInput {
  return { hosts: { 'docker-1': { files: { '/etc/docker/daemon.json': json } } } }
}

/** A host whose daemon.json is there and cannot be parsed. */
export function brokenDaemonJson(flags = ''): EstateInput {
  return dockerdWith('{"debug": true,}', flags)
}
