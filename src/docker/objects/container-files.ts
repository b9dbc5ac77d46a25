import { posix } from 'node:path'
import {
  asObject,
  asString,
  field,
  isObject,
  type HostFile,
  type JsonObject,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { keep, keepHostConfig, KEPT, plainName } from './kept-fields.js'
import { dockerRef } from './recognise.js'

/** The two files in which dockerd keeps a container. Source: moby v28.3.3 container/container.go, configFileName. */
export const CONTAINER_CONFIG = 'config.v2.json'
export const CONTAINER_HOST_CONFIG = 'hostconfig.json'

/**
 * The text of one of a container's files without what is not kept (environment values, labels, commands): JSON on one
 * line, as dockerd writes it. Undefined when it is none.
 */
export function keptContainerText(path: string, text: string): string | undefined {
  const value = parsed(text)
  if (value === undefined) return undefined
  if (posix.basename(path) === CONTAINER_HOST_CONFIG) return JSON.stringify(keepHostConfig(value))
  const content = keep(value, { ...KEPT.Container, ID: 'plain', MountPoints: mountPoints })
  return JSON.stringify(content)
}

/** The container behind the two files of its folder, in the form of `docker inspect`; undefined where it is none. */
export function containerOfFiles(
  config: HostFile,
  hostConfig: HostFile | undefined,
  host: string,
): KubeObject | undefined {
  const content = parsed(config.text ?? '')
  if (content === undefined || asString(field(content, 'Name')) === undefined) return undefined
  const own = parsed(hostConfig?.text ?? '')
  const id = asString(field(content, 'ID')) ?? posix.basename(posix.dirname(config.path))
  const name = plainName(field(content, 'Name'))
  const inspected: JsonObject = {
    ...content,
    Id: id,
    Mounts: Object.values(asObject(field(content, 'MountPoints'))).flatMap((mount) =>
      isObject(mount) ? [mount] : [],
    ),
    ...(own === undefined ? {} : { HostConfig: own }),
  }
  return {
    ref: dockerRef('Container', name === '' ? id : name, host),
    content: inspected,
    source: 'export',
    slice: {
      file: config.path,
      format: 'json',
      offset: 0,
      length: Buffer.byteLength(config.text ?? ''),
      line: 1,
      column: 1,
    },
    host,
  }
}

function mountPoints(value: JsonValue): JsonValue {
  if (!isObject(value)) return null
  return Object.fromEntries(
    Object.entries(value).flatMap(([path, mount]) =>
      isObject(mount)
        ? [
            [
              path,
              keep(mount, {
                Type: 'plain',
                Name: 'plain',
                Source: 'plain',
                Destination: 'plain',
                RW: 'plain',
                Propagation: 'plain',
                Driver: 'plain',
              }),
            ],
          ]
        : [],
    ),
  )
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
