import { asString } from '../../model/index.js'
import { scalarText } from '../../text/index.js'
import type { ConfigView } from './config-view.js'
import type { ValidationRule } from './validate.js'

const LARGEST_VERBOSITY = 2 ** 31 - 1

/** Source: k8s.io/component-base v0.36.2 logs/api/v1/options.go, Validate and validateFormatOptions. */
export const LOGGING_RULES: readonly ValidationRule[] = [
  {
    field: 'logging.flushFrequency',
    check: (view) =>
      view.duration('logging.flushFrequency') <= 0n
        ? '`logging.flushFrequency` is not above zero'
        : undefined,
  },
  {
    field: 'logging.format',
    check: (view) => {
      const format = view.text('logging.format')
      if (format !== 'text' && format !== 'json') return '`logging.format` is neither text nor json'
      return format === 'json' && view.gate('LoggingBetaOptions') === false
        ? '`logging.format` json needs feature gate LoggingBetaOptions'
        : undefined
    },
  },
  {
    field: 'logging.verbosity',
    check: (view) =>
      view.number('logging.verbosity') > LARGEST_VERBOSITY ? '`logging.verbosity` is too large' : undefined,
  },
  { field: 'logging.vmodule', check: modules },
  ...['text', 'json'].flatMap((format) => [
    alpha(`logging.options.${format}.splitStream`, (value) => value === true),
    alpha(
      `logging.options.${format}.infoBufferSize`,
      (value) => !/^[+-]?[0.]+[A-Za-z]*$/.test(scalarText(value ?? '0')),
    ),
  ]),
]

function modules(view: ConfigView): string | undefined {
  const items = view.maps('logging.vmodule')
  if (items.length > 0 && view.text('logging.format') !== 'text')
    return '`logging.vmodule` works with the text format only'
  const sound = items.every((item) => {
    const pattern = asString(item['filePattern']) ?? ''
    const verbosity = item['verbosity']
    return (
      pattern !== '' &&
      !/[=,]/.test(pattern) &&
      (typeof verbosity !== 'number' || verbosity <= LARGEST_VERBOSITY)
    )
  })
  return sound ? undefined : '`logging.vmodule` holds a pattern that is no file name'
}

function alpha(field: string, isSet: (value: unknown) => boolean): ValidationRule {
  return {
    field,
    check: (view) =>
      isSet(view.value(field)) && view.gate('LoggingAlphaOptions') === false
        ? `\`${field}\` needs feature gate LoggingAlphaOptions`
        : undefined,
  }
}
