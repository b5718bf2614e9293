import { GraphQLError } from 'graphql'

function inputError(code: string, message: string, shown = message): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      type: 'invalid input',
      code,
      statusCode: 400,
      userError: true,
      userPresentableMessage: shown,
    },
  })
}

/** Linear sends this error for an entity that does not exist, and for one that the key has no access to. */
export function notFound(entity: string): GraphQLError {
  return inputError('INPUT_ERROR', `Entity not found: ${entity}`, `Could not find referenced ${entity}.`)
}

export function conflictOnInsert(entity: string, id: string): GraphQLError {
  return inputError(
    'INPUT_ERROR',
    `conflict on insert of ${entity}`,
    `Entity ${entity} with id ${id} already exists.`,
  )
}

export function invalidArgument(message: string): GraphQLError {
  return inputError('INVALID_INPUT', 'Argument Validation Error', message)
}

export function invalidInput(message: string): GraphQLError {
  return inputError('INVALID_INPUT', message)
}

export function discrepancy(): GraphQLError {
  return invalidInput('Discrepancy between issue team and state, cycle or project.')
}

/** An unsupported field or filter is an error, because a silent null would hide a bug from every test. */
export function notModelled(what: string): GraphQLError {
  return new GraphQLError(`The embedded Linear does not model ${what}.`, {
    extensions: { type: 'not modelled', code: 'NOT_MODELLED', statusCode: 400, userError: true },
  })
}

export function refusal(options: {
  type: string
  code: string
  message: string
  status: number
}): GraphQLError {
  const { type, code, message, status } = options
  return new GraphQLError(message, {
    extensions: { type, code, statusCode: status, userError: true, userPresentableMessage: message },
  })
}
