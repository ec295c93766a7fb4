/// The one description of the instruction set, read by the parser, the validator, the printer and the translator.
///
/// A row is 32 bytes: the mnemonic (16 columns), the types of the destinations (2) and of the sources (4), then one
/// letter each for the form of the result, the class, the stages and whether the translator must know it.
/// A dot is an absent operand, so the arity follows from the types. The letters are the raw values of the enums of
/// `OpcodeInfo`.
public enum OpcodeTable {
  /// Bytes from one row to the next, line feed included.
  static let rowLength = 32
  static let nameLength = 16

  /// Decoded once, on first use; index = raw value of the opcode.
  @usableFromInline static let infos: [OpcodeInfo] = {
    var infos: [OpcodeInfo] = []
    infos.reserveCapacity(Opcode.allCases.count)
    rows.withUTF8Buffer { bytes in
      let bytes = unsafe bytes.span
      for opcode in Opcode.allCases {
        let start = Int(opcode.rawValue) * rowLength
        infos.append(OpcodeInfo(row: bytes.extracting(start..<start + rowLength - 1)))
      }
    }
    return infos
  }()

  static var rows: StaticString {
    """
    MOV             b. b... c a * +
    ARL             i. f... c a * +
    ARR             i. f... c a * +
    UARL            i. i... c a * +
    ADD             f. ff.. c a * +
    SUB             f. ff.. c a * +
    MUL             f. ff.. c a * +
    DIV             f. ff.. c a * +
    MAD             f. fff. c a * +
    FMA             f. fff. c a * +
    ABS             f. f... c a * +
    MIN             f. ff.. c a * +
    MAX             f. ff.. c a * +
    FLR             f. f... c a * +
    CEIL            f. f... c a * +
    TRUNC           f. f... c a * +
    ROUND           f. f... c a * +
    FRC             f. f... c a * +
    SSG             f. f... c a * +
    LRP             f. fff. c a * +
    CMP             b. fbb. c a * +
    RCP             f. f... s a * +
    RSQ             f. f... s a * +
    SQRT            f. f... s a * +
    EX2             f. f... s a * +
    LG2             f. f... s a * +
    POW             f. ff.. s a * +
    SIN             f. f... s a * +
    COS             f. f... s a * +
    EXP             f. f... h a * +
    LOG             f. f... h a * +
    LIT             f. f... h a * +
    DST             f. ff.. h a * +
    SCS             f. f... h a * +
    XPD             f. ff.. h a * +
    DP2             f. ff.. s a * +
    DP3             f. ff.. s a * +
    DP4             f. ff.. s a * +
    DPH             f. ff.. s a * +
    SEQ             f. ff.. c a * +
    SNE             f. ff.. c a * +
    SLT             f. ff.. c a * +
    SGE             f. ff.. c a * +
    SGT             f. ff.. c a * +
    SLE             f. ff.. c a * +
    FSEQ            m. ff.. c a * +
    FSNE            m. ff.. c a * +
    FSLT            m. ff.. c a * +
    FSGE            m. ff.. c a * +
    DDX             f. f... c a F +
    DDY             f. f... c a F +
    DDX_FINE        f. f... c a F +
    DDY_FINE        f. f... c a F +
    PK2H            u. f... s a * +
    UP2H            f. u... h a * +
    PK2US           u. f... s a * +
    UP2US           f. u... h a * +
    PK4B            u. f... s a * +
    UP4B            f. u... h a * +
    PK4UB           u. f... s a * +
    UP4UB           f. u... h a * +
    UADD            u. uu.. c a * +
    UMUL            u. uu.. c a * +
    UMAD            u. uuu. c a * +
    IMUL_HI         i. ii.. c a * +
    UMUL_HI         u. uu.. c a * +
    IDIV            i. ii.. c a * +
    UDIV            u. uu.. c a * +
    MOD             i. ii.. c a * +
    UMOD            u. uu.. c a * +
    INEG            i. i... c a * +
    IABS            i. i... c a * +
    ISSG            i. i... c a * +
    IMIN            i. ii.. c a * +
    IMAX            i. ii.. c a * +
    UMIN            u. uu.. c a * +
    UMAX            u. uu.. c a * +
    AND             u. uu.. c a * +
    OR              u. uu.. c a * +
    XOR             u. uu.. c a * +
    NOT             u. u... c a * +
    SHL             u. uu.. c a * +
    ISHR            i. ii.. c a * +
    USHR            u. uu.. c a * +
    USEQ            m. uu.. c a * +
    USNE            m. uu.. c a * +
    USLT            m. uu.. c a * +
    USGE            m. uu.. c a * +
    ISLT            m. ii.. c a * +
    ISGE            m. ii.. c a * +
    UCMP            b. ubb. c a * +
    IBFE            i. iii. c a * +
    UBFE            u. uuu. c a * +
    BFI             u. uuuu c a * +
    BREV            u. u... c a * +
    POPC            u. u... c a * +
    LSB             i. u... c a * +
    IMSB            i. i... c a * +
    UMSB            i. u... c a * +
    I2F             f. i... c a * +
    U2F             f. u... c a * +
    F2I             i. f... c a * +
    F2U             u. f... c a * +
    F2D             d. f... p a * +
    D2F             f. d... p a * +
    D2I             i. d... p a * +
    D2U             u. d... p a * +
    I2D             d. i... p a * +
    U2D             d. u... p a * +
    DADD            d. dd.. p a * +
    DMUL            d. dd.. p a * +
    DDIV            d. dd.. p a * +
    DMIN            d. dd.. p a * +
    DMAX            d. dd.. p a * +
    DMAD            d. ddd. p a * +
    DABS            d. d... p a * +
    DNEG            d. d... p a * +
    DRCP            d. d... p a * +
    DSQRT           d. d... p a * +
    DRSQ            d. d... p a * +
    DFRAC           d. d... p a * +
    DTRUNC          d. d... p a * +
    DCEIL           d. d... p a * +
    DFLR            d. d... p a * +
    DROUND          d. d... p a * +
    DSSG            d. d... p a * +
    DFMA            d. ddd. p a * +
    DLDEXP          d. di.. p a * +
    DFRACEXP        di d... p a * +
    DSEQ            m. dd.. p a * +
    DSNE            m. dd.. p a * +
    DSLT            m. dd.. p a * +
    DSGE            m. dd.. p a * +
    U64ADD          q. qq.. p a * -
    U64MUL          q. qq.. p a * -
    U64DIV          q. qq.. p a * -
    U64MOD          q. qq.. p a * -
    U64SHL          q. qq.. p a * -
    U64SHR          q. qq.. p a * -
    U64MIN          q. qq.. p a * -
    U64MAX          q. qq.. p a * -
    I64ABS          l. l... p a * -
    I64NEG          l. l... p a * -
    I64SSG          l. l... p a * -
    I64MIN          l. ll.. p a * -
    I64MAX          l. ll.. p a * -
    I64SHR          l. ll.. p a * -
    I64DIV          l. ll.. p a * -
    I64MOD          l. ll.. p a * -
    U64SEQ          m. qq.. p a * -
    U64SNE          m. qq.. p a * -
    U64SLT          m. qq.. p a * -
    U64SGE          m. qq.. p a * -
    I64SLT          m. ll.. p a * -
    I64SGE          m. ll.. p a * -
    F2I64           l. f... p a * -
    F2U64           q. f... p a * -
    U2I64           l. u... p a * -
    I2I64           l. i... p a * -
    D2I64           l. d... p a * -
    D2U64           q. d... p a * -
    I642F           f. l... p a * -
    U642F           f. q... p a * -
    I642D           d. l... p a * -
    U642D           d. q... p a * -
    TEX             b. fs.. v t * +
    TXB             b. fs.. v t * +
    TXL             b. fs.. v t * +
    TXP             b. fs.. v t * +
    TXD             b. fffs v t * +
    TXF             b. is.. v t * +
    TXQ             i. is.. v q * +
    TXQS            i. s... v q * +
    LODQ            f. fs.. v q F +
    TEX2            b. ffs. v t * +
    TXB2            b. ffs. v t * +
    TXL2            b. ffs. v t * +
    TG4             b. fbs. v t * +
    SAMPLE          b. bbb. v t * -
    SAMPLE_I        b. bb.. v t * -
    SAMPLE_I_MS     b. bbb. v t * -
    SAMPLE_B        b. bbbb v t * -
    SAMPLE_C        b. bbbb v t * -
    SAMPLE_C_LZ     b. bbbb v t * -
    SAMPLE_D        b. bbbb v t * -
    SAMPLE_L        b. bbbb v t * -
    GATHER4         b. bbb. v t * -
    SVIEWINFO       b. bb.. v a * -
    SAMPLE_POS      b. bb.. v a * -
    SAMPLE_INFO     b. bb.. v a * -
    IF              .. f... n f * +
    UIF             .. u... n f * +
    ELSE            .. .... n f * +
    ENDIF           .. .... n f * +
    BGNLOOP         .. .... n f * +
    ENDLOOP         .. .... n f * +
    BRK             .. .... n f * +
    CONT            .. .... n f * +
    RET             .. .... n f * +
    END             .. .... n f * +
    KILL            .. .... n k F +
    KILL_IF         .. f... n k F +
    CAL             .. .... n f * -
    BGNSUB          .. .... n f * -
    ENDSUB          .. .... n f * -
    SWITCH          .. u... n f * -
    CASE            .. u... n f * -
    DEFAULT         .. .... n f * -
    ENDSWITCH       .. .... n f * -
    NOP             .. .... n f * +
    EMIT            .. u... n e G +
    ENDPRIM         .. u... n e G +
    INTERP_CENTROID f. f... c i F +
    INTERP_SAMPLE   f. fi.. c i F +
    INTERP_OFFSET   f. ff.. c i F +
    LOAD            b. ri.. c m * +
    STORE           r. ib.. n m * +
    RESQ            i. r... v m * +
    ATOMUADD        u. riu. s m * +
    ATOMXCHG        u. riu. s m * +
    ATOMCAS         u. riuu s m * +
    ATOMAND         u. riu. s m * +
    ATOMOR          u. riu. s m * +
    ATOMXOR         u. riu. s m * +
    ATOMUMIN        u. riu. s m * +
    ATOMUMAX        u. riu. s m * +
    ATOMIMIN        i. rii. s m * +
    ATOMIMAX        i. rii. s m * +
    MEMBAR          .. u... n b * +
    BARRIER         .. .... n b B +
    CLOCK           u. .... h a * +
    FBFETCH         b. r... c a F +
    VOTE_ANY        m. u... s a * +
    VOTE_ALL        m. u... s a * +
    VOTE_EQ         m. u... s a * +
    TEX_LZ          b. bb.. c a * -
    TXF_LZ          b. bb.. c a * -
    LOD             b. bbb. c a * -
    LDEXP           b. bb.. c a * -
    DEMOTE          .. .... n a * -
    READ_HELPER     b. .... c a * -
    BALLOT          b. b... c a * -
    READ_FIRST      b. b... c a * -
    READ_INVOC      b. bb.. c a * -
    ATOMFADD        b. bbb. c m * -
    ATOMINC_WRAP    b. bbb. c m * -
    ATOMDEC_WRAP    b. bbb. c m * -
    IMG2HND         b. b... c a * -
    SAMP2HND        b. b... c a * -
    """
  }
}
