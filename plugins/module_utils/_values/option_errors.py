# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors of options, found before any request if possible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MOST_PROBLEMS = 10  # in one message


class OptionError(ValueError):
    """An invalid value of an option. C(option) is its path, such as C(config.url), or empty for the whole task."""

    changed = False  # whether the run had changed anything before

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option}: {problem}" if option else problem)
        self.option = option
        self.problem = problem

    def within(self, place: str, subject: str = "") -> OptionError:
        """Return the error with its option inside C(place), such as C(projects[1]).

        C(subject) is the name of that object in messages, such as C(project 'shop').
        """
        if subject:
            return self.of(f"{subject} ({place})" + (f": {self.option}" if self.option else ""))
        return self.of(f"{place}.{self.option}" if self.option else place)

    def of(self, option: str) -> OptionError:
        """Return the error for another option."""
        return type(self)(option, self.problem)

    def noting(self, remark: str) -> OptionError:
        """Return the error with a remark at its end."""
        return type(self)(self.option, f"{self.problem}{remark}")

    def renamed(self, option: str, other: str) -> OptionError:
        """Return the error for the option C(other) if it is one for C(option), else unchanged."""
        return self.of(other) if self.option == option else self


class OptionErrors(OptionError):
    """Several errors of options, all of which can be fixed before the next run."""

    def __init__(self, errors: list[OptionError]) -> None:
        words = " ".join(f"({number}) {error}" for number, error in enumerate(errors[:MOST_PROBLEMS], 1))
        more = f" and {len(errors) - MOST_PROBLEMS} more" if len(errors) > MOST_PROBLEMS else ""
        super().__init__("", f"{len(errors)} problems: {words}{more}")
        self.errors = errors

    def of(self, option: str) -> OptionError:
        """Return the errors, all for that option."""
        return OptionErrors([error.of(option) for error in self.errors])

    def within(self, place: str, subject: str = "") -> OptionError:
        return OptionErrors([error.within(place, subject) for error in self.errors])

    def noting(self, remark: str) -> OptionError:
        *others, last = self.errors
        return OptionErrors([*others, last.noting(remark)])

    def renamed(self, option: str, other: str) -> OptionError:
        return OptionErrors([error.renamed(option, other) for error in self.errors])


def all_errors(error: OptionError) -> list[OptionError]:
    """Return the single errors that an error consists of."""
    return error.errors if isinstance(error, OptionErrors) else [error]


class Problems:
    """Collects errors of options, so that users see all of them at once."""

    def __init__(self) -> None:
        self.errors: list[OptionError] = []

    def add(self, error: OptionError) -> None:
        self.errors += all_errors(error)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """A context that collects an OptionError, so that the code after the block runs."""
        try:
            yield
        except OptionError as error:
            self.add(error)

    def raise_any(self) -> None:
        """Raise the collected errors as one OptionError, if there are any."""
        if self.errors:
            raise OptionErrors(self.errors) if len(self.errors) > 1 else self.errors[0]


class MissingSecret(OptionError):
    """A required secret is not set, and the service has none or does not return it."""


class Ambiguous(OptionError):
    """Several objects have the name."""
