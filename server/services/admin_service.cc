// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/admin_service.h"

#include "server/services/cancel_operation.h"
#include "server/services/get_operation.h"
#include "server/services/list_generations.h"
#include "server/services/prune_generations.h"
#include "server/services/publish_generation.h"
#include "server/services/rebuild.h"
#include "server/services/rollback_generation.h"

namespace broadsheet::server {

grpc::ServerUnaryReactor* AdminService::Rebuild(grpc::CallbackServerContext* context,
                                                const v1::RebuildRequest* request,
                                                v1::RebuildResponse* response) {
  return server::Rebuild(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::GetOperation(grpc::CallbackServerContext* context,
                                                     const v1::GetOperationRequest* request,
                                                     v1::GetOperationResponse* response) {
  return server::GetOperation(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::CancelOperation(grpc::CallbackServerContext* context,
                                                        const v1::CancelOperationRequest* request,
                                                        v1::CancelOperationResponse* response) {
  return server::CancelOperation(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::ListGenerations(grpc::CallbackServerContext* context,
                                                        const v1::ListGenerationsRequest* request,
                                                        v1::ListGenerationsResponse* response) {
  return server::ListGenerations(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::PublishGeneration(
    grpc::CallbackServerContext* context, const v1::PublishGenerationRequest* request,
    v1::PublishGenerationResponse* response) {
  return server::PublishGeneration(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::RollbackGeneration(
    grpc::CallbackServerContext* context, const v1::RollbackGenerationRequest* request,
    v1::RollbackGenerationResponse* response) {
  return server::RollbackGeneration(serving_, *context, *request, *response);
}

grpc::ServerUnaryReactor* AdminService::PruneGenerations(grpc::CallbackServerContext* context,
                                                         const v1::PruneGenerationsRequest* request,
                                                         v1::PruneGenerationsResponse* response) {
  return server::PruneGenerations(serving_, *context, *request, *response);
}

}  // namespace broadsheet::server
