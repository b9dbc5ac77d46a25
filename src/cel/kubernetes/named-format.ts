import { isLabelValue, isQualifiedName } from '../../text/index.js'
import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { listOf, opaque, optionalOf, STRING } from '../types.js'
import { CelOpaque, CelOptional, type CelResult } from '../values.js'
import { parseGoUrl } from './go-url.js'
import { parseTimestamp } from '../std/time.js'
import { CelError } from '../values.js'

/** A format that texts may have. */
export class NamedFormat extends CelOpaque {
  readonly typeName = 'kubernetes.NamedFormat'

  constructor(
    readonly name: string,
    /** Why a text is not of the format; empty when it is. */
    readonly faults: (text: string) => readonly string[],
    /** How long a pattern would be that says the same; for costs. */
    readonly patternLength: number,
  ) {
    super()
  }

  override get survivesGo(): boolean {
    return true
  }

  equals(other: CelOpaque): boolean {
    return other instanceof NamedFormat && other.name === this.name
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`

/** A name that others are made from may end in a dash. Source: apimachinery pkg/api/validation/generic.go, maskTrailingDash. */
function maskDash(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text
}

function byPattern(pattern: string, most: number, what: string, ...examples: readonly string[]) {
  const shown = examples.map((example) => `'${example}', `).join(' or ')
  const test = new RegExp(`^${pattern}$`)
  return (text: string): string[] => {
    const tooLong = Buffer.byteLength(text) > most
    return [
      ...(tooLong ? [`must be no more than ${most} bytes`] : []),
      ...(tooLong || !test.test(text)
        ? test.test(text)
          ? []
          : [`${what} (e.g. ${shown}regex used for validation is '${pattern}')`]
        : []),
    ]
  }
}

const label = byPattern(
  LABEL,
  63,
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  'my-name',
  '123-abc',
)
const subdomain = byPattern(
  SUBDOMAIN,
  253,
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  'example.com',
)
const label1035 = byPattern(
  LABEL_1035,
  63,
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  'my-name',
  'abc-123',
)
const when = (holds: (text: string) => boolean, fault: string) => (text: string) =>
  holds(text) ? [] : [fault]

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !(parseTimestamp(`${text}T00:00:00Z`) instanceof CelError && text.slice(0, 4) !== '0000')
  )
}

function isDateTime(text: string): boolean {
  return !(
    parseTimestamp(
      text
        .toUpperCase()
        .replace(' ', 'T')
        .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
    ) instanceof CelError
  )
}

function urlFaults(text: string): string[] {
  const parsed = parseGoUrl(text, true)
  return typeof parsed === 'string' ? [`parse ${JSON.stringify(text)}: ${parsed}`] : []
}

type Definition = readonly [
  name: string,
  display: string,
  faults: (text: string) => readonly string[],
  patternLength: number,
]

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/format.go, ConstantFormats. */
const DEFINITIONS: readonly Definition[] = [
  ['dns1123Label', 'DNS1123Label', label, 30],
  ['dns1123Subdomain', 'DNS1123Subdomain', subdomain, 60],
  ['dns1035Label', 'DNS1035Label', label1035, 30],
  [
    'qualifiedName',
    'QualifiedName',
    when(
      isQualifiedName,
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    ),
    60,
  ],
  ['dns1123LabelPrefix', 'DNS1123LabelPrefix', (text) => label(maskDash(text)), 30],
  ['dns1123SubdomainPrefix', 'DNS1123SubdomainPrefix', (text) => subdomain(maskDash(text)), 60],
  ['dns1035LabelPrefix', 'DNS1035LabelPrefix', (text) => label1035(maskDash(text)), 30],
  [
    'labelValue',
    'LabelValue',
    when(
      isLabelValue,
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    ),
    40,
  ],
  ['uri', 'URI', urlFaults, 1103],
  ['uuid', 'uuid', when((text) => UUID.test(text), 'does not match the UUID format'), 70],
  ['byte', 'byte', when((text) => BASE64.test(text), 'invalid base64'), 84],
  ['date', 'date', when(isDate, 'invalid date'), 71],
  ['datetime', 'datetime', when(isDateTime, 'invalid datetime'), 71],
]
const FORMATS = new Map(
  DEFINITIONS.map(([name, display, faults, length]) => [name, new NamedFormat(display, faults, length)]),
)

const FORMAT = opaque('kubernetes.NamedFormat')

function validate(format: NamedFormat, text: string): CelResult {
  const faults = format.faults(text)
  return faults.length === 0 ? CelOptional.none : CelOptional.of(faults)
}

export const NAMED_FORMATS: readonly CelFunction[] = [
  {
    name: 'format.named',
    overloads: [
      globalOverload('format-named', [STRING], optionalOf(FORMAT), (name) => {
        const format = FORMATS.get(name as string)
        return format === undefined ? CelOptional.none : CelOptional.of(format)
      }),
    ],
  },
  {
    name: 'validate',
    overloads: [
      memberOverload('format-validate', [FORMAT, STRING], optionalOf(listOf(STRING)), (format, text) =>
        validate(format as NamedFormat, text as string),
      ),
    ],
  },
  ...[...FORMATS].map(([name, format]): CelFunction => ({
    name: `format.${name}`,
    overloads: [globalOverload(`format.${name}`, [], FORMAT, () => format)],
  })),
]
