// Owns the grammar of JSON's numbers: no leading zeros, no bare point, no plus sign, no NaN.

extension JSONCursor {
  /// Reads the number at the cursor.
  @inline(__always)
  mutating func number() throws(JSONSyntaxError) -> DecimalNumber {
    var number = DecimalNumber()
    let start = index
    number.isNegative = take(UInt8(ascii: "-"))
    let integerStart = index
    var digitCount = 0
    takeDigits(into: &number.significand, count: &digitCount)
    guard index > integerStart else { throw unexpected("a digit") }
    if index > integerStart + 1, bytes[integerStart] == UInt8(ascii: "0") {
      throw error(.notJSON, "a number begins with a superfluous zero")
    }
    // A digit that was left out of the significand is a place all the same.
    let cutInInteger = max(0, digitCount - DecimalNumber.digitsMax)
    number.exponent = cutInInteger
    if take(UInt8(ascii: ".")) {
      number.isInteger = false
      let fractionStart = index
      takeDigits(into: &number.significand, count: &digitCount)
      guard index > fractionStart else { throw unexpected("a digit after the decimal point") }
      let cutInFraction = max(0, digitCount - DecimalNumber.digitsMax) - cutInInteger
      number.exponent -= index - fractionStart - cutInFraction
    }
    number.isCut = digitCount > DecimalNumber.digitsMax
    if byte | 0x20 == UInt8(ascii: "e") {
      number.isInteger = false
      number.exponent += try exponent()
    }
    number.range = start..<index
    return number
  }

  /// Steps over a run of digits, adding the first 19 that matter to `significand`; `count` counts all that matter,
  /// which leading zeros do not.
  @inline(__always)
  private mutating func takeDigits(into significand: inout UInt64, count: inout Int) {
    if significand == 0 {
      while byte == UInt8(ascii: "0") { index += 1 }
    }
    while count + 8 <= DecimalNumber.digitsMax, let eight = eightDigits() {
      significand = significand &* 100_000_000 &+ eight
      count += 8
      index += 8
    }
    while true {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      if count < DecimalNumber.digitsMax { significand = significand &* 10 &+ UInt64(digit) }
      count += 1
      index += 1
    }
  }

  /// The value of the next eight bytes, where all of them are digits.
  @inline(__always)
  private func eightDigits() -> UInt64? {
    guard index + 8 <= bytes.count else { return nil }
    let word = bytes.span.word(at: index)
    let zeros: UInt64 = 0x3030_3030_3030_3030
    // A digit's high nibble is 3, also after adding 6.
    guard word & 0xF0F0_F0F0_F0F0_F0F0 == zeros, (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == zeros else {
      return nil
    }
    // Neighbours are joined: digits to pairs, pairs to fours, fours to eight; the first byte is the highest place.
    let digits = word &- zeros
    let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
  }

  /// Reads the exponent whose letter stands at the cursor, held to ±100,000.
  private mutating func exponent() throws(JSONSyntaxError) -> Int {
    index += 1
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative || byte == UInt8(ascii: "+") { index += 1 }
    let start = index
    var exponent = 0
    while true {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      exponent = min(exponent * 10 + Int(digit), 100_000)
      index += 1
    }
    guard index > start else { throw unexpected("a digit of the exponent") }
    return isNegative ? -exponent : exponent
  }
}
