# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``/v1/channels/``."""

from uuid import UUID

from fastapi import APIRouter

from ..answers import AnswerRoute
from ..kinds import channels
from ..kinds.views import View
from ..models.channels import ChannelCreate, ChannelRead, ChannelUpdate
from ..models.common import RATE_LIMITED
from ..security import CanReadChannels, CanWriteChannels, StoreDep

router = APIRouter(prefix="/v1/channels", tags=["Channels"], responses=RATE_LIMITED, route_class=AnswerRoute)


@router.get("/", response_model=list[ChannelRead])
async def list_channels(store: StoreDep, caller: CanReadChannels) -> list[View]:
    """The channels of the organization."""
    return [channels.view(store, channel) for channel in channels.arranged(store)]


@router.post("/", status_code=201, response_model=ChannelRead)
async def create_channel(store: StoreDep, caller: CanWriteChannels, body: ChannelCreate) -> View:
    """A new channel."""
    return channels.view(store, channels.create(store, body))


@router.get("/{channel_id}/", response_model=ChannelRead)
async def get_channel(store: StoreDep, caller: CanReadChannels, channel_id: UUID) -> View:
    """A channel."""
    return channels.view(store, store.channel(channel_id))


@router.put("/{channel_id}/", response_model=ChannelRead)
async def update_channel(store: StoreDep, caller: CanWriteChannels, channel_id: UUID, body: ChannelUpdate) -> View:
    """Change a channel in part."""
    channel = store.channel(channel_id)
    channels.update(store, channel, body)
    return channels.view(store, channel)


@router.delete("/{channel_id}/", status_code=204)
async def delete_channel(store: StoreDep, caller: CanWriteChannels, channel_id: UUID) -> None:
    """End a channel."""
    channels.delete(store, store.channel(channel_id))
