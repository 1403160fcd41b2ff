import pytest

from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not HAS_SAMPLE_DATA:
        terminalreporter.write_line(
            f"Données réelles absentes ({SAMPLE_DATA_DIR}): les tests sur"
            " données réelles n’ont pas été collectés; SAMPLE_DATA_DIR en donne l’emplacement."
        )
