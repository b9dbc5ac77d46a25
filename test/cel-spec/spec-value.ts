import {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  type CelType,
  type CelValue,
} from '../../src/cel/index.js'
import * as types from '../../src/cel/index.js'

/** What the suite holds of messages: unions told by `case`. */
interface Union {
  readonly case?: string
  readonly value?: unknown
}

/** Values of protocol buffers, which this core does not have. */
export class NotSupported extends Error {}

/** A value of the suite as one of ours. Throws NotSupported for messages and enumerations. */
export function celValueOf(message: unknown): CelValue {
  const { kind } = message as { kind: Union }
  switch (kind.case) {
    case 'nullValue':
      return null
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value as CelValue
    case 'uint64Value':
      return new CelUint(kind.value as bigint)
    case 'typeValue':
      return new CelTypeValue(kind.value as string)
    case 'listValue':
      return (kind.value as { values: unknown[] }).values.map(celValueOf)
    case 'mapValue':
      return new CelMap(
        (kind.value as { entries: { key: unknown; value: unknown }[] }).entries.map(
          ({ key, value }) => [celValueOf(key), celValueOf(value)] as const,
        ),
      )
    case 'objectValue':
      return wellKnown(kind.value as { typeUrl: string; value: Uint8Array })
    default:
      throw new NotSupported(`values of kind ${kind.case ?? '(none)'}`)
  }
}

/** Durations and times are the only messages that are types of the language. */
function wellKnown({ typeUrl, value }: { typeUrl: string; value: Uint8Array }): CelValue {
  const name = typeUrl.split('/').at(-1) ?? ''
  const [seconds, nanos] = secondsAndNanos(value)
  const total = seconds * 1_000_000_000n + nanos
  if (name === 'google.protobuf.Duration') return new CelDuration(total)
  if (name === 'google.protobuf.Timestamp') return new CelTimestamp(total)
  throw new NotSupported(`messages of type ${name}`)
}

/** Fields 1 and 2 of a message, both whole numbers. Source: protobuf.dev, encoding. */
function secondsAndNanos(bytes: Uint8Array): readonly [bigint, bigint] {
  const fields = [0n, 0n, 0n]
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(bytes[at++] ?? 0)
      value |= (byte & 0x7fn) << shift
      if (byte < 0x80n) return BigInt.asIntN(64, value)
    }
  }
  while (at < bytes.length) {
    const tag = Number(varint()) >> 3
    fields[tag] = varint()
  }
  return [fields[1] ?? 0n, fields[2] ?? 0n]
}

const PRIMITIVES: readonly CelType[] = [
  types.DYN,
  types.BOOL,
  types.INT,
  types.UINT,
  types.DOUBLE,
  types.STRING,
  types.BYTES,
]

/** A declared type of the suite as one of ours. */
export function celTypeOf(message: unknown): CelType {
  const { typeKind } = message as { typeKind: Union }
  switch (typeKind.case) {
    case 'dyn':
      return types.DYN
    case 'null':
      return types.NULL
    case 'primitive':
      return PRIMITIVES[typeKind.value as number] ?? types.DYN
    case 'wellKnown':
      if (typeKind.value === 2) return types.TIMESTAMP
      if (typeKind.value === 3) return types.DURATION
      throw new NotSupported('google.protobuf.Any')
    case 'listType':
      return types.listOf(celTypeOf((typeKind.value as { elemType: unknown }).elemType))
    case 'mapType': {
      const { keyType, valueType } = typeKind.value as { keyType: unknown; valueType: unknown }
      return types.mapOf(celTypeOf(keyType), celTypeOf(valueType))
    }
    case 'type':
      return types.TYPE
    case 'typeParam':
      return types.parameter(typeKind.value as string)
    case 'abstractType': {
      const { name, parameterTypes } = typeKind.value as { name: string; parameterTypes: unknown[] }
      return types.opaque(name, ...parameterTypes.map(celTypeOf))
    }
    default:
      throw new NotSupported(`types of kind ${typeKind.case ?? '(none)'}`)
  }
}
