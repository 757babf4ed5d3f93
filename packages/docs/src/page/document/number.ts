/** Returns true if JavaScript's number for a number in JSON has the same digits, so that nothing of it is lost. */
export const isKept = (written: string): boolean => {
  const number = Number(written)
  return Number.isFinite(number) && digitsOf(written) === digitsOf(String(number))
}

/** Returns the digits of a decimal number without zeros at either end, with the power of ten that they are multiplied by. */
const digitsOf = (written: string): string => {
  const [mantissa = '', exponent = '0'] = written.replace(/^[-+]/, '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  return significant === ''
    ? '0'
    : `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}
