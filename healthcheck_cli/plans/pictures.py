"""Which picture stands beside something to do. The pictures lie in ``pages/pictures``; the words are content."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Content

_OTHERWISE = "talk"


def picture_for(text: str, content: Content) -> str:
    """The picture for a text, by the first of the content's of which a word is in it; two people who talk where none
    is."""
    return next((picture.id for picture in content.pictures.values() if picture.is_of(text)), _OTHERWISE)


def what_pictures_show(content: Content) -> Mapping[str, str]:
    """What is to be seen in each picture: read out in its place."""
    return {picture.id: picture.shows for picture in content.pictures.values()}
