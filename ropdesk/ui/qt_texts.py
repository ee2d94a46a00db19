"""Qt's own words (Cancel, Copy, Select all…) in the language in force."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ropdesk.i18n import language

_installed: list[QTranslator] = []


def install() -> bool:
    """Put Qt's catalogue of the language in force in place of the one before.

    Returns whether there is one (English needs none).
    """
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    QLocale.setDefault(QLocale("ru_RU" if language() == "ru" else "en_GB"))
    if language() == "en":
        return True
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(f"qtbase_{language()}", folder):
        return False
    _installed.append(translator)
    return QCoreApplication.installTranslator(translator)
