/** Returns whether a number is a multiple of another, both in decimal: in binary, 0.3 is no multiple of 0.1. */
export const isMultiple = (number: number, divisor: number): boolean => {
  if (Number.isInteger(number) && Number.isInteger(divisor)) return number % divisor === 0
  const [one, other] = [decimalOf(number), decimalOf(divisor)]
  const least = Math.min(one.exponent, other.exponent)
  const scaled = ({ digits, exponent }: Decimal): bigint => digits * 10n ** BigInt(exponent - least)
  return scaled(one) % scaled(other) === 0n
}

interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

const decimalOf = (number: number): Decimal => {
  const [digits = '0', exponent = '0'] = String(number).split('e')
  const [whole = '0', fraction = ''] = digits.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}
