"""Every reason of the gates in both languages: what is wrong, and what mends it."""

from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

CLAUSE = "A-02"
UNDECIDED = {"scanner_silent", "check_unfinished", "text_unread", "file_text_missing", "file_restricted"}
MAX_FACT = 200

# code: (reason ko, en), (what mends it ko, en)
Words = tuple[tuple[str, str], tuple[str, str]]
NAMES: dict[str, Words] = {
    "file_name_unsafe": (
        ("파일 이름에 쓸 수 없는 글자가 있습니다.", "The file's name has characters that cannot be used."),
        ("파일 이름을 한글, 영문, 숫자로 바꿔 다시 올려 주세요.", "Rename it with letters and digits."),
    ),
    "file_name_long": (
        ("파일 이름이 너무 깁니다.", "The file's name is too long."),
        ("한글 80자 안으로 줄여 다시 올려 주세요.", "Shorten it to at most 80 characters."),
    ),
    "file_name_reserved": (
        ("운영체제가 쓰는 이름이라 저장할 수 없습니다.", "This name is reserved by operating systems."),
        (
            "점이나 빈칸으로 시작하거나 끝나지 않는 다른 이름으로 바꿔 주세요.",
            "Give it another name that neither starts nor ends with a dot or a space.",
        ),
    ),
    "file_name_program": (
        ("파일 이름에 실행 파일의 끝(예: .exe)이 들어 있습니다.", "The name holds the ending of a program."),
        (
            "내용을 확인하고 .pdf처럼 끝이 하나인 이름으로 바꿔 주세요.",
            "Check it and keep one ending, e.g. .pdf.",
        ),
    ),
    "file_name_disagrees": (
        (
            "내용은 {kind} 파일인데 이름은 .{ending}(으)로 끝납니다.",
            "The content is a {kind} file but its name ends in .{ending}.",
        ),
        (
            "원본 프로그램에서 다시 저장하거나 이름의 끝을 {kind}에 맞게 고쳐 주세요.",
            "Save it again from its program, or give the name the ending of a {kind} file.",
        ),
    ),
}
KINDS: dict[str, Words] = {
    "file_empty": (
        ("파일에 내용이 없습니다.", "The file is empty."),
        ("파일이 열리는지 확인하고 다시 올려 주세요.", "Check that the file opens, then upload it again."),
    ),
    "file_too_large": (
        ("파일이 너무 큽니다: {size}바이트.", "The file is too large: {size} bytes."),
        (
            "{limit}바이트를 넘지 않게 쪽수나 해상도를 줄여 다시 올려 주세요.",
            "Reduce its pages or resolution to at most {limit} bytes.",
        ),
    ),
    "file_kind_refused": (
        (
            "받을 수 있는 형식의 파일이 아닙니다 (이름의 끝: {ending}).",
            "This is not a kind of file that is accepted (ending: {ending}).",
        ),
        ("다음 형식으로 저장해 올려 주세요: {allowed}.", "Save it as one of these: {allowed}."),
    ),
    "file_polyglot": (
        ("다른 형식({other})으로도 열리는 파일입니다.", "The file opens as another kind too ({other})."),
        ("원본 프로그램에서 PDF로 다시 저장해 올려 주세요.", "Save it again as PDF from its program."),
    ),
    "file_incomplete": (
        ("{kind} 파일의 끝부분이 없습니다.", "The end of the {kind} file is missing."),
        (
            "내려받기가 끝난 파일인지 확인하고 다시 올려 주세요.",
            "Check that its download had finished, then upload it again.",
        ),
    ),
    "file_trailing": (
        (
            "{kind} 파일이 끝난 뒤에 다른 자료가 붙어 있습니다.",
            "Other data follows the end of the {kind} file.",
        ),
        ("원본 프로그램에서 다시 저장해 올려 주세요.", "Save it again from its program."),
    ),
    "file_damaged": (
        ("{kind} 파일이 손상되어 열 수 없습니다.", "The {kind} file is damaged and cannot be opened."),
        (
            "파일이 열리는지 확인하고 다시 저장해 올려 주세요.",
            "Check that it opens, save it again, upload that.",
        ),
    ),
    "file_pixels": (
        (
            "그림이 너무 큽니다: {width} x {height} 화소.",
            "The picture is too large: {width} x {height} pixels.",
        ),
        ("{limit}화소를 넘지 않게 줄여 다시 올려 주세요.", "Reduce it to at most {limit} pixels."),
    ),
    "file_bomb": (
        ("압축을 풀면 너무 커지는 파일입니다.", "The file grows too large when it is unpacked."),
        ("큰 그림이나 빈 시트를 지우고 다시 저장해 올려 주세요.", "Remove large pictures or empty sheets."),
    ),
    "file_exhausts": (
        (
            "{kind} 파일을 검사하는 데 정해진 자원을 다 썼습니다 ({limit}).",
            "Checking the {kind} file used up what one file may use ({limit}).",
        ),
        ("쪽수나 그림을 줄이거나 나눠서 올려 주세요.", "Reduce its pages or pictures, or split it."),
    ),
}
CONTENT: dict[str, Words] = {
    "file_malware": (
        ("악성코드 검사 문자열이 들어 있습니다.", "The file holds the test string of malware scanners."),
        ("발급처에서 새로 내려받은 파일을 올려 주세요.", "Upload it freshly downloaded from its issuer."),
    ),
    "file_malware_found": (
        ("악성코드가 발견되었습니다: {signature}.", "Malware was found: {signature}."),
        (
            "컴퓨터를 검사하고, 발급처에서 새로 받은 파일을 올려 주세요.",
            "Scan your computer; download it anew.",
        ),
    ),
    "file_encrypted": (
        ("암호가 걸린 파일이라 심사할 수 없습니다.", "The file needs a password, so it cannot be screened."),
        ("암호를 풀고 저장한 파일을 올려 주세요.", "Save it without a password and upload that."),
    ),
    "file_macro": (
        ("매크로가 들어 있는 파일입니다.", "The file holds macros."),
        ("매크로 없이 저장한 파일을 올려 주세요.", "Save it without macros and upload that."),
    ),
    "file_script": (
        ("스크립트가 들어 있는 파일입니다.", "The file holds a script."),
        ("PDF로 인쇄해 다시 저장한 파일을 올려 주세요.", "Print it to a new PDF and upload that."),
    ),
    "file_action": (
        (
            "열 때 다른 프로그램이나 서버를 부르는 기능({action})이 들어 있습니다.",
            "The file can call other programs or servers ({action}).",
        ),
        ("PDF로 인쇄해 다시 저장한 파일을 올려 주세요.", "Print it to a new PDF and upload that."),
    ),
    "file_embedded": (
        ("파일 안에 다른 파일이 들어 있습니다.", "Another file is embedded in this file."),
        (
            "안에 든 파일을 빼고 저장하고, 필요한 것은 따로 올려 주세요.",
            "Save it without the embedded file; upload what is needed on its own.",
        ),
    ),
    "file_external_link": (
        (
            "다른 파일이나 서버의 값을 불러오는 연결이 있습니다.",
            "It loads values from other files or servers.",
        ),
        (
            "'값으로 붙여넣기'로 연결을 끊고 저장해 올려 주세요.",
            "Break the links (paste as values) and save.",
        ),
    ),
    "file_dtd": (
        ("문서 안의 XML에 허용되지 않는 정의(DTD)가 있습니다.", "Its XML defines entities (a DTD)."),
        ("한글이나 엑셀에서 다시 저장해 올려 주세요.", "Save it again from its office program."),
    ),
    "file_entry_unsafe": (
        (
            "문서 꾸러미 안의 파일 이름이나 배치가 안전하지 않습니다.",
            "Its package has unsafe or overlapping parts.",
        ),
        ("한글이나 엑셀에서 다시 저장해 올려 주세요.", "Save it again from its office program."),
    ),
    "file_resident_number": (
        (
            "주민등록번호(외국인등록번호)로 보이는 번호가 {count}개 있습니다 (위치: {places}).",
            "It shows {count} number(s) that look like resident registration numbers (at: {places}).",
        ),
        (
            "뒤 여섯 자리를 가려(900101-1******) 복사되지 않게 다시 저장해 올려 주세요.",
            "Mask the last six digits (900101-1******) so that they cannot be copied, and save it again.",
        ),
    ),
}
STATES: dict[str, Words] = {
    "scanner_silent": (
        ("악성코드 검사기가 답하지 않아 파일을 따로 보관했습니다.", "The malware scanner did not answer."),
        (
            "파일은 잃지 않았습니다. 검사기가 돌아오면 다시 검사합니다.",
            "Nothing is lost: the file is kept apart and checked again when the scanner is back.",
        ),
    ),
    "check_unfinished": (
        (
            "{kind} 파일의 검사를 마치지 못했습니다 ({limit}).",
            "The {kind} file's check did not finish ({limit}).",
        ),
        (
            "파일은 따로 보관되어 담당자가 확인합니다. PDF로 다시 저장해 올려도 됩니다.",
            "It is kept apart for a person to look at; you may also save it again as PDF.",
        ),
    ),
    "text_unread": (
        ("{kind} 파일의 글을 끝까지 읽지 못했습니다.", "Not all text of the {kind} file could be read."),
        (
            "파일은 따로 보관되어 담당자가 확인합니다. 나눠서 올려도 됩니다.",
            "It is kept apart for a person to look at; you may also split it.",
        ),
    ),
    "file_text_missing": (
        ("글자를 읽을 수 없는 파일입니다 (스캔한 그림).", "No text can be read from this file (a scan)."),
        (
            "그대로 내도 됩니다. 주민등록번호 뒤 여섯 자리가 가려졌는지 직접 확인해 주세요.",
            "It may stay. Please check yourself that resident numbers are masked.",
        ),
    ),
    "file_restricted": (
        ("인쇄나 복사가 제한된 PDF입니다.", "Printing or copying of this PDF is restricted."),
        ("그대로 내도 됩니다.", "It may stay."),
    ),
}
WORDS = NAMES | KINDS | CONTENT | STATES


def known(code: str) -> str:
    """The code itself; KeyError when the gates have no such reason."""
    if code not in WORDS:
        raise KeyError(code)
    return code


def finding(code: str, **facts: object) -> Finding:
    """The finding of a code: failed, or for a person to look at."""
    (ko, en), (mend_ko, mend_en) = WORDS[code]
    shown = {
        name: f"{value:,}" if isinstance(value, int) else str(value)[:MAX_FACT]
        for name, value in facts.items()
    }
    return Finding(
        clause=CLAUSE,
        code=code,
        outcome=Outcome.PERSON if code in UNDECIDED else Outcome.FAILED,
        reason=Text(ko=ko.format(**shown), en=en.format(**shown)),
        facts=tuple((name, str(value)[:MAX_FACT]) for name, value in facts.items()),
        mend=Text(ko=mend_ko.format(**shown), en=mend_en.format(**shown)),
    )
